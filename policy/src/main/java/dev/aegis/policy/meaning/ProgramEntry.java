package dev.aegis.policy.meaning;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the catalogue says of one program.
 *
 * @param globalValues options before the subcommand that take a value
 * @param groups first words of subcommands, behind which global options may still stand
 * @param values options that take a value
 * @param singleDash options are whole words behind one dash, as of {@code find}
 * @param fetches brings data from elsewhere
 * @param sends sends data elsewhere
 * @param fileValues options whose value names a file that is sent
 * @param readValues options whose value names a file that is read
 * @param writeValues options whose value names a file that is written
 * @param printsSettings beginnings of command lines that print what a shell is to run; the empty
 *     one stands for all
 * @param helpless true when {@code --help} and {@code --version} are not what they are elsewhere
 * @param stops true when the first operand ends the options
 * @param dashOperands words that begin with a dash and are operands nevertheless
 */
record ProgramEntry(
    Set<String> globalValues,
    Set<String> groups,
    Set<String> values,
    boolean singleDash,
    boolean fetches,
    boolean sends,
    List<String> fileValues,
    Set<String> readValues,
    Set<String> writeValues,
    List<String> printsSettings,
    boolean helpless,
    boolean stops,
    Optional<Pattern> dashOperands,
    List<Form> forms) {

  boolean isOperand(String word) {
    return word.length() < 2
        || word.charAt(0) != '-'
        || dashOperands.map(p -> p.matches(word)).orElse(false);
  }

  boolean takesValue(String option, boolean beforeSubcommand) {
    return values.contains(option) || (beforeSubcommand && globalValues.contains(option));
  }
}
