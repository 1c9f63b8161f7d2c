package io.engraft.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engraft.data.io.CsvSource;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigitisedFileTest {

    private static final DigitisedFile SURVIVAL = DigitisedFile.withDefaults().withSurvival(true);

    private static DigitisedCurve read(DigitisedFile file, String text) {
        return file.read(CsvSource.ofText(text, "c.csv")).get(0);
    }

    private static double[] times(DigitisedCurve curve) {
        return IntStream.range(0, curve.size()).mapToDouble(curve::time).toArray();
    }

    private static double[] values(DigitisedCurve curve) {
        return IntStream.range(0, curve.size()).mapToDouble(curve::value).toArray();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0,1\n6.5,0.857\n10,0.75\n",
                "0, 1\n6.5, 0.857\n10, 0.75\n",
                "0;1\n6,5;0,857\n10;0,75\n",
                "x,y\n0,1\n6.5,0.857\n10,0.75\n",
                "y,x\n1,0\n0.857,6.5\n0.75,10\n",
                "X,Curve1\n0,1\n6.5,0.857\n10,0.75\n",
                "Months,KM\n0,1\n6.5,0.857\n10,0.75\n",
                "Time\tSurvival\n0\t1\n6,5\t0,857\n10\t0,75\n",
                "x;y;;\n0;1;;\n6,5;0,857;;\n10;0,75;;\n",
                "Default Dataset,\nX, Y\n0, 1\n6.5, 0.857\n10, 0.75\n"
            })
    void readsWhatDigitisersWrite(String text) {
        DigitisedCurve curve = read(SURVIVAL, text);
        assertThat(curve.isSurvival()).isTrue();
        assertThat(times(curve)).containsExactly(0, 6.5, 10);
        assertThat(values(curve)).containsExactly(1, 0.857, 0.75);
        assertThat(curve.moved()).isZero();
    }

    /** WebPlotDigitizer's file of several sets: the first row names them, the second has X and Y, shorter ones end early. */
    @Test
    void oneOfSeveralSetsOfPointsIsRead() {
        String text = "haplo,,sibling,\nX,Y,X,Y\n0,1,0,1\n6.5,0.857,3,0.9\n10,0.75,,\n";
        DigitisedCurve haplo = read(SURVIVAL.withDataset("haplo"), text);
        assertThat(times(haplo)).containsExactly(0, 6.5, 10);
        assertThat(values(haplo)).containsExactly(1, 0.857, 0.75);
        DigitisedCurve sibling = read(SURVIVAL.withDataset("sibling"), text);
        assertThat(times(sibling)).containsExactly(0, 3);
        assertThat(values(sibling)).containsExactly(1, 0.9);
        assertThatThrownBy(() -> read(SURVIVAL, text))
                .hasMessageContaining("the file has the sets of points 'haplo', 'sibling'; allowed: one of them"
                        + " (--dataset haplo, or withDataset in code)");
        assertThatThrownBy(() -> read(SURVIVAL.withDataset("mud"), text)).hasMessageContaining("and none named 'mud'");
        assertThatThrownBy(() -> read(DigitisedFile.withDefaults().withDataset("haplo"), text))
                .hasMessageContaining("what the curve of 'haplo' is cannot be told from X and Y");
        assertThatThrownBy(() -> read(SURVIVAL.withDataset("haplo"), "x,y\n0,1\n6,0.9\n"))
                .hasMessageContaining("the file has one curve and no named sets of points");
        assertThatThrownBy(() -> read(SURVIVAL.withDataset("sibling"), text.replace("3,0.9", "3,")))
                .hasMessageContaining("line 4, column 'sibling, Y'")
                .hasMessageContaining("missing value; allowed: a number");
    }

    @Test
    void whatACurveIsHasToBeDeclaredWhereItsColumnDoesNotSayIt() {
        for (String text : new String[] {"0,1\n6,0.9\n", "x,y\n0,1\n6,0.9\n"}) {
            assertThatThrownBy(() -> read(DigitisedFile.withDefaults(), text))
                    .hasMessageContaining("there is no such column as ")
                    .hasMessageContaining("survival or incidence; allowed: the columns time and survival")
                    .hasMessageEndingWith("what the curve is declared (--type survival, or incidence)");
        }
        assertThatThrownBy(() -> read(SURVIVAL, "no,x,y\n1,0,1\n2,6,0.9\n"))
                .hasMessageContaining(
                        "columns are no, x, y: there is no such column as time and survival or incidence");
        DigitisedCurve named = read(SURVIVAL.withSurvival(true), "time,incidence\n0,0\n6,0.1\n");
        assertThat(named.isSurvival()).isFalse();
    }

    @Test
    void pointsBeyondThePossibleByTheirPrecisionAreMovedAndCounted() {
        DigitisedFile file = SURVIVAL.withPrecision(0.005, 0.05);
        DigitisedCurve curve = read(file, "x,y\n-0.02,1.003\n0.5,1.001\n3,0.8\n2.96,0.7\n9,-0.002\n");
        assertThat(times(curve)).containsExactly(0, 0.5, 3, 3, 9);
        assertThat(values(curve)).containsExactly(1, 1, 0.8, 0.7, 0);
        assertThat(curve.moved()).isEqualTo(4);
        assertThat(values(read(file, "0,0.996\n3,0.8\n"))).containsExactly(1, 0.8);
        ReconstructedCurve rebuilt =
                CurveReconstruction.withDefaults().withPrecision(0.005, 0.05).fit(curve, AtRiskTable.ofPatients(10));
        assertThat(rebuilt.toString() + rebuilt.assumptions())
                .contains("4 points beyond what is possible by no more than the declared precision were moved");
        assertThatThrownBy(() -> read(file, "0,1.006\n3,0.8\n"))
                .hasMessageContaining("value '1.006': not a probability");
        assertThatThrownBy(() -> read(file, "-0.06,1\n3,0.8\n")).hasMessageContaining("value '-0.06'");
        assertThatThrownBy(() -> read(file, "0,1\n3,0.8\n2.9,0.7\n"))
                .hasMessageContaining("row 3, line 3, column 'time', value '2.9': before the point above it");
        assertThatThrownBy(() -> SURVIVAL.withPrecision(0.6, 0)).hasMessageContaining("at most 0.5");
    }

    @Test
    void percentagesAreDeclared() {
        DigitisedFile percent = SURVIVAL.withPercent();
        assertThat(values(read(percent, "0,100\n6,85\n9,0.5\n"))).containsExactly(1, 0.85, 0.005);
        assertThat(values(read(percent.withPrecision(0.005, 0), "0,100.3\n6,85\n")))
                .containsExactly(1, 0.85);
        assertThatThrownBy(() -> read(percent, "0,1\n6,0.85\n"))
                .hasMessage("c.csv: the values are declared as percentages and none is above 1; allowed: 0 to 100");
        assertThatThrownBy(() -> read(SURVIVAL, "0,100\n6,85\n")).hasMessageContaining("or declare them: --percent)");
    }

    @Test
    void aTableAtRiskNeedsNoHeader() {
        AtRiskTable table = AtRiskTable.read(CsvSource.ofText("0;20\n6,5;12\n", "r.csv"));
        assertThat(table.time(1)).isEqualTo(6.5);
        assertThat(table.atRisk(1)).isEqualTo(12);
    }
}
