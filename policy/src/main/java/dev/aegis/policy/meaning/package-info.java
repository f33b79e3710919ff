/**
 * What an operation means to a person: categories, risk and the reasons for them.
 *
 * <p>Here belongs knowledge of places, secrets and programs, applied to one operation. No verdicts:
 * those are the rules' business.
 */
package dev.aegis.policy.meaning;
