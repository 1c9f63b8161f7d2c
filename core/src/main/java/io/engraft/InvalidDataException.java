package io.engraft;

import java.util.List;
import java.util.stream.Collectors;

/** Data that cannot be used. It carries every problem that was found, up to a stated limit, not only the first. */
public final class InvalidDataException extends EngraftException {

    private static final long serialVersionUID = 1L;

    private static final int SHOWN_PROBLEMS = 10;

    /** What was found. */
    @SuppressWarnings("serial") // problems are records of strings and numbers in an immutable list
    private final List<DataProblem> problems;

    /**
     * An error about one or more problems.
     *
     * @param problems what is wrong, at least one
     */
    public InvalidDataException(List<DataProblem> problems) {
        super(describe(problems), null);
        this.problems = List.copyOf(problems);
    }

    /**
     * An error about one problem.
     *
     * @param problem what is wrong
     */
    public InvalidDataException(DataProblem problem) {
        this(List.of(problem));
    }

    /**
     * What was found.
     *
     * @return the problems, in the order of the rows
     */
    public List<DataProblem> problems() {
        return problems;
    }

    /**
     * The same error, with the source named in every problem that has none.
     *
     * @param name the file or data set
     * @return the exception
     */
    public InvalidDataException inSource(String name) {
        return new InvalidDataException(problems.stream()
                .map(p -> p.source() == null ? p.inSource(name) : p)
                .toList());
    }

    private static String describe(List<DataProblem> problems) {
        String shown = problems.stream()
                .limit(SHOWN_PROBLEMS)
                .map(DataProblem::describe)
                .collect(Collectors.joining("\n"));
        int rest = problems.size() - SHOWN_PROBLEMS;
        return rest > 0 ? shown + "\nand " + rest + " more" : shown;
    }
}
