package io.engraft.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.engraft.DataProblem;
import io.engraft.FileException;
import io.engraft.InvalidArgumentException;
import io.engraft.InvalidDataException;
import io.engraft.NotEstimableException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ErrorDocumentTest {

    private static final String NOTHING = "\"file\":null,\"row\":null,\"column\":null,\"value\":null,";

    @Test
    void namesTheFirstOfSeveralProblems() {
        InvalidDataException e = new InvalidDataException(List.of(
                new DataProblem("a.csv", 3, 4, "time", "x", "not a number; allowed: a finite number"),
                new DataProblem("a.csv", 7, 8, "time", "y", "not a number; allowed: a finite number")));

        assertThat(ErrorDocument.of(e).toJson())
                .isEqualTo(
                        "{\"error\":{\"kind\":\"data\",\"message\":\"a.csv, row 3, line 4, column 'time', value 'x': not a"
                                + " number; allowed: a finite number\\na.csv, row 7, line 8, column 'time', value 'y': not a number;"
                                + " allowed: a finite number\",\"file\":\"a.csv\",\"row\":3,\"column\":\"time\",\"value\":\"x\","
                                + "\"allowed\":\"a finite number\"}}");
    }

    @Test
    void ofTheWhole() {
        assertThat(ErrorDocument.of(new InvalidDataException(DataProblem.ofWhole("no rows")))
                        .toJson())
                .isEqualTo("{\"error\":{\"kind\":\"data\",\"message\":\"no rows\"," + NOTHING + "\"allowed\":null}}");
    }

    @Test
    void ofArguments() {
        assertThat(ErrorDocument.of(InvalidArgumentException.of("level", 1.5, "0 < level < 1"))
                        .toJson())
                .isEqualTo(
                        "{\"error\":{\"kind\":\"usage\",\"message\":\"level is 1.5; allowed: 0 < level < 1\",\"file\":null,"
                                + "\"row\":null,\"column\":null,\"value\":\"1.5\",\"allowed\":\"0 < level < 1\"}}");
        ErrorDocument free = ErrorDocument.of(
                new InvalidArgumentException("weight type is sampling; allowed here: frequency weights"));
        assertThat(free.allowed()).isEqualTo("frequency weights");
        assertThat(free.value()).isNull();
        assertThat(ErrorDocument.of(new InvalidDataException(
                                DataProblem.ofRow(2, "months", -2, "allowed: 0 <= time < infinity")))
                        .allowed())
                .isEqualTo("0 <= time < infinity");
        assertThat(ErrorDocument.usage("no such option", "--x").value()).isEqualTo("--x");
    }

    @Test
    void ofFilesAndWhatCannotBeEstimated() {
        ErrorDocument file = ErrorDocument.of(new FileException("a.csv", "a.csv does not exist", null));
        assertThat(file.kind()).isEqualTo(ErrorDocument.Kind.FILE);
        assertThat(file.file()).isEqualTo("a.csv");
        assertThat(ErrorDocument.of(new FileException("it cannot be read", null))
                        .file())
                .isNull();
        assertThat(ErrorDocument.of(new NotEstimableException("S = 1")).toJson())
                .startsWith("{\"error\":{\"kind\":\"not-estimable\",\"message\":\"not estimable: S = 1\"");
    }

    @Test
    void ofFaults() {
        assertThat(ErrorDocument.of(new IllegalStateException("a\nb")).toJson())
                .isEqualTo("{\"error\":{\"kind\":\"internal\",\"message\":\"java.lang.IllegalStateException: a b\","
                        + NOTHING + "\"allowed\":null}}");
        assertThat(ErrorDocument.of(new StackOverflowError()).message()).isEqualTo("java.lang.StackOverflowError");
        assertThat(ErrorDocument.internal("no memory").kind().label()).isEqualTo("internal");
    }
}
