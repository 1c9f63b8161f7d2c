package io.engraft.data.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engraft.InvalidArgumentException;
import io.engraft.data.Categories;
import io.engraft.data.DurationUnit;
import io.engraft.data.SurvivalData;
import io.engraft.data.WeightType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvDataTest {

    private static final ColumnRoles PLAIN = ColumnRoles.of("t", "s");

    private static SurvivalData read(String text, ColumnRoles roles) {
        return CsvData.read(CsvSource.ofText(text, "x.csv"), roles);
    }

    @Test
    void readsEveryRole() {
        ColumnRoles roles = PLAIN.withEntry("e")
                .withGroup("g")
                .withStrata("z")
                .withId("i")
                .withCluster("c")
                .withWeight("w", WeightType.SAMPLING)
                .withCovariates(List.of("age", "phase"))
                .withCovariate("score", CovariateType.NUMERIC)
                .withCovariate("grade", CovariateType.CATEGORICAL)
                .withCauseLabels(List.of("relapse", "death"))
                .withUnit(DurationUnit.DAYS);
        SurvivalData data = read("""
                s,t,e,g,z,i,c,w,age,phase,score,grade,unused
                2, 5.5 ,1,B,10,p1,Jena,0.5,48,CR2,-1,2,x
                0,7,0,A,9,p2,Ulm,2,23.5,CR1,1e1,10,
                """, roles);
        assertThat(data.size()).isEqualTo(2);
        assertThat(data.time(0)).isEqualTo(5.5);
        assertThat(data.status(0)).isEqualTo(2);
        assertThat(data.entry(0)).isEqualTo(1);
        assertThat(data.weight(1)).isEqualTo(2);
        assertThat(data.weightType()).contains(WeightType.SAMPLING);
        assertThat(data.group().orElseThrow().levels()).containsExactly("A", "B");
        assertThat(data.group().orElseThrow().value(0)).isEqualTo("B");
        assertThat(data.strata().orElseThrow().levels()).containsExactly("9", "10");
        assertThat(data.id().orElseThrow().value(1)).isEqualTo("p2");
        assertThat(data.cluster().orElseThrow().value(1)).isEqualTo("Ulm");
        assertThat(data.numericCovariate("age")).containsExactly(48, 23.5);
        assertThat(data.numericCovariate("score")).containsExactly(-1, 10);
        assertThat(data.categoricalCovariate("phase").levels()).containsExactly("CR1", "CR2");
        assertThat(data.categoricalCovariate("grade").levels()).containsExactly("2", "10");
        assertThat(data.causes()).containsExactly("relapse", "death");
        assertThat(data.unit()).isEqualTo(DurationUnit.DAYS);
        assertThat(data.source()).isEqualTo("x.csv");
        assertThat(data.dropped()).isZero();
    }

    @Test
    void readsTextLevelsOfStatus() {
        SurvivalData data =
                read("t,s\n1,relapse\n2,alive\n3,death\n", PLAIN.withEvents(List.of("relapse", "death"), "alive"));
        assertThat(IntStream.range(0, 3).map(data::status)).containsExactly(1, 0, 2);
        assertThat(data.causes()).containsExactly("relapse", "death");
    }

    @Test
    void oneColumnMayHaveSeveralRoles() {
        SurvivalData data = read("t,s,g\n1,1,2\n2,0,1\n", PLAIN.withGroup("g").withCovariates(List.of("g")));
        assertThat(data.numericCovariate("g")).containsExactly(2, 1);
        assertThat(data.group().orElseThrow().levels()).containsExactly("1", "2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "t;s;g\n1.5;1;a\n2;0;b\n",
                "t\ts\tg\n1.5\t1\ta\n2\t0\tb\n",
                "t,s,g\r\n1.5,1,a\r\n2,0,b\r\n",
                "t,s,g\r1.5,1,a\r2,0,b",
                "\uFEFFt,s,g\n1.5,1,a\n2,0,b",
                "\"t\",\"s\",\"g\"\n\"1.5\",\"1\",\"a\"\n2,0,b\n\n",
                " t , s , g \n 1.5 ,\t1, a \n2,0,b\n\n  \n"
            })
    void readsTheSameTableHoweverItIsWritten(String text) {
        SurvivalData data = read(text, PLAIN.withGroup("g"));
        assertThat(data.size()).isEqualTo(2);
        assertThat(data.time(0)).isEqualTo(1.5);
        assertThat(data.status(1)).isZero();
        assertThat(data.group().orElseThrow().levels()).containsExactly("a", "b");
    }

    @Test
    void quotedFieldsKeepDelimitersQuotesAndLineBreaks() {
        SurvivalData data = read(
                "t,s,\"a \"\"long\"\", name\"\n1,1,\"x,y\nz\"\n2,0,q\n",
                PLAIN.withCovariates(List.of("a \"long\", name")));
        assertThat(data.categoricalCovariate("a \"long\", name").levels()).containsExactly("q", "x,y\nz");
    }

    @Test
    void aStatedDelimiterWins() {
        CsvSource source = CsvSource.ofText("t|s|a,b,c\n1|1|x\n", "x").withDelimiter('|');
        assertThat(CsvData.read(source, PLAIN).size()).isEqualTo(1);
        assertThatThrownBy(() -> source.withDelimiter('x'))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("delimiter is 'x'; allowed: comma, semicolon, tab, | or a blank");
    }

    @Test
    void dropsAndCountsRowsWithMissingValuesInUsedColumnsOnly() {
        SurvivalData data = read(
                "t,s,age,unused\n1,1,30,\n2,NA,31,u\n,1,32,u\n4,0, ,u\n5,1,34,NA\n",
                PLAIN.withCovariates(List.of("age")).withMissing(MissingValues.DROP));
        assertThat(data.size()).isEqualTo(2);
        assertThat(data.dropped()).isEqualTo(3);
        assertThat(data.numericCovariate("age")).containsExactly(30, 34);
    }

    @Test
    void acceptsAllCensoredAndOnePatientAndTimeZero() {
        assertThat(read("t,s\n1,0\n2,0\n", PLAIN).causes()).containsExactly("1");
        assertThat(read("t,s\n0,1", PLAIN).time(0)).isZero();
    }

    @Test
    void aCovariateTurnsCategoricalWithItsTextAsItWasWritten() {
        SurvivalData data =
                read("t,s,c\n1,1,1.0\n2,0,01\n3,1,2+\n4,1,2+\n5,0,1.0\n6,0,2+\n", PLAIN.withCovariates(List.of("c")));
        Categories column = data.categoricalCovariate("c");
        assertThat(column.levels()).containsExactly("01", "1.0", "2+");
        assertThat(IntStream.range(0, 5).mapToObj(column::value)).containsExactly("1.0", "01", "2+", "2+", "1.0");
    }

    @Test
    void columnsGrowBeyondTheFirstAllotment() {
        StringBuilder text = new StringBuilder("t,s,g,c\n");
        for (int i = 1; i <= 5000; i++) {
            text.append(i)
                    .append(',')
                    .append(i % 3)
                    .append(",g")
                    .append(i % 7)
                    .append(',')
                    .append(i / 4.0)
                    .append('\n');
        }
        SurvivalData data = read(text.toString(), PLAIN.withGroup("g").withCovariates(List.of("c")));
        assertThat(data.size()).isEqualTo(5000);
        assertThat(data.time(4999)).isEqualTo(5000);
        assertThat(data.status(4999)).isEqualTo(5000 % 3);
        assertThat(data.group().orElseThrow().value(4999)).isEqualTo("g" + 5000 % 7);
        assertThat(data.numericCovariate("c")[4999]).isEqualTo(1250);
    }

    @Test
    void readsFilesAndStreamsAndLeavesStreamsOpen(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("a.csv");
        Files.writeString(file, "t,s\n1,1\n");
        assertThat(CsvData.read(file, PLAIN).source()).isEqualTo(file.toString());
        boolean[] closed = new boolean[1];
        InputStream stream = new ByteArrayInputStream("t,s\n1,1\n".getBytes(StandardCharsets.UTF_8)) {
            @Override
            public void close() {
                closed[0] = true;
            }
        };
        CsvSource source = CsvSource.of(stream, "standard input");
        assertThat(CsvData.read(source, PLAIN).size()).isEqualTo(1);
        assertThat(source.name()).isEqualTo("standard input");
        assertThat(closed[0]).isFalse();
    }

    @Test
    void rolesCanDependOnTheHeader() {
        CsvSource source = CsvSource.ofText("t, s ,a:b\n1,1,5\n2,0,6\n", "x.csv");
        SurvivalData data = CsvData.read(source, header -> {
            assertThat(header).containsExactly("t", "s", "a:b");
            return ColumnRoles.of("t", "s").withCovariates(header.subList(2, 3));
        });
        assertThat(data.numericCovariate("a:b")).containsExactly(5, 6);
        IllegalStateException own = new IllegalStateException("not these");
        assertThatThrownBy(() -> CsvData.read(source, header -> {
                    throw own;
                }))
                .isSameAs(own);
    }

    @Test
    void bmtcrrHasItsKnownCounts() {
        SurvivalData data = CsvData.bmtcrr();
        assertThat(data.size()).isEqualTo(177);
        int[] counts = new int[3];
        IntStream.range(0, 177).forEach(i -> counts[data.status(i)]++);
        assertThat(counts).containsExactly(46, 56, 75);
        assertThat(data.causes()).containsExactly("relapse", "competing event");
        assertThat(data.unit()).isEqualTo(DurationUnit.MONTHS);
        assertThat(data.group().orElseThrow().levels()).containsExactly("ALL", "AML");
        assertThat(data.categoricalCovariate("phase").levels()).containsExactly("CR1", "CR2", "CR3", "Relapse");
        assertThat(data.numericCovariate("age")[0]).isEqualTo(48);
        assertThat(data.source()).isEqualTo("@bmtcrr");
    }

    @Test
    void rolesRefuseContradictions() {
        assertThatThrownBy(() -> ColumnRoles.of("t", "t")).hasMessageContaining("another column than the time's");
        assertThatThrownBy(() -> ColumnRoles.of(" ", "s")).hasMessageContaining("time column is ' '");
        assertThatThrownBy(() -> PLAIN.withEvents(List.of("a", "a"), "b")).hasMessageContaining("distinct levels");
        assertThatThrownBy(() -> PLAIN.withEvents(List.of("a"), "a")).hasMessageContaining("none of them the censored");
        assertThatThrownBy(() -> PLAIN.withEvents(List.of(), "a")).hasMessageContaining("one or more distinct levels");
        assertThatThrownBy(() -> PLAIN.withCauseLabels(List.of())).hasMessageContaining("cause labels is []");
    }

    @Test
    void rolesTellWhatTheyHold() {
        ColumnRoles roles = PLAIN.withEvents(List.of("r"), "c")
                .withEntry("e")
                .withWeight("w", WeightType.FREQUENCY)
                .withMissing(MissingValues.DROP);
        assertThat(roles.time()).isEqualTo("t");
        assertThat(roles.status()).isEqualTo("s");
        assertThat(roles.entry()).contains("e");
        assertThat(roles.weight()).contains("w");
        assertThat(roles.weightType()).contains(WeightType.FREQUENCY);
        assertThat(roles.events()).containsExactly("r");
        assertThat(roles.censored()).contains("c");
        assertThat(roles.missing().label()).isEqualTo("drop");
        assertThat(roles.withCauseLabels(List.of("x")).events()).isEmpty();
        assertThat(roles.withCauseLabels(List.of("x")).causeLabels()).containsExactly("x");
        assertThat(PLAIN.group()).isEmpty();
    }
}
