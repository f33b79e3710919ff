/**
 * The way of one operation: Planner, PolicyStage, Execution, Observer and Critic, each with one
 * reason to change, and the place where they are put together.
 *
 * <p>No sockets and no frames here; those are the intake's.
 */
package dev.aegis.daemon.pipeline;
