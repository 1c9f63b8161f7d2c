package io.engraft.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engraft.InvalidDataException;
import io.engraft.curve.PointEstimate;
import io.engraft.data.io.ColumnRoles;
import io.engraft.data.io.CsvData;
import io.engraft.data.io.CsvSource;
import io.engraft.estimate.KaplanMeier;
import io.engraft.inference.LogRankTest;
import io.engraft.regression.AftDistribution;
import io.engraft.regression.AftModel;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rows that no patient can have, and codings that nobody declared. */
class PatientRowsTest {

    private static final String CODED = "t,s\n5,2\n8,1\n11,2\n14,2\n20,1\n26,2\n31,1\n40,2\n";
    private static final ColumnRoles PLAIN = ColumnRoles.of("t", "s");

    private static SurvivalData read(String text, ColumnRoles roles) {
        return CsvData.read(CsvSource.ofText(text, "x.csv"), roles);
    }

    private static SurvivalData.Builder rows(double[] entry, double[] time, int... status) {
        return SurvivalData.builder(time, status).entry(entry).id(Categories.of(List.of("a", "a", "b")));
    }

    @Test
    void aCodingThatNobodyDeclaredIsSaidInTheDataAndInEveryResult() {
        SurvivalData data = read(CODED, PLAIN);

        String warning = data.warnings().get(0);
        assertThat(warning)
                .startsWith("no row is censored: the status has the codes 1 (3 rows), 2 (5 rows) and no 0")
                .contains("--events 2 --censored 1");
        assertThat(KaplanMeier.withDefaults().fit(data).get("all").warnings()).contains(warning);
        assertThat(KaplanMeier.withDefaults().fit(EventTable.of(data)).warnings())
                .contains(warning);
        assertThat(AftModel.of(AftDistribution.WEIBULL).fit(data).warnings()).contains(warning);
        SurvivalData grouped = data.withGroup(Categories.of(List.of("A", "B", "A", "B", "A", "B", "A", "B")));
        assertThat(LogRankTest.withDefaults().test(grouped).warnings()).contains(warning);
    }

    @Test
    void theDeclaredCodingGivesTheRightCurve() {
        SurvivalData data = read(CODED, PLAIN.withEvents(List.of("2"), "1"));

        // 7/8 * 5/6 * 4/5 = 7/12
        PointEstimate survival = KaplanMeier.withDefaults().fit(data).get("all").survivalAt(20);
        assertThat(survival.estimate()).isCloseTo(7 / 12., org.assertj.core.api.Assertions.within(1e-15));
        assertThat(data.warnings()).isEmpty();
    }

    @Test
    void codesWithZeroLabelledCausesAndAllOnesAreSilent() {
        assertThat(read("t,s\n1,1\n2,2\n3,0\n", PLAIN).warnings()).isEmpty();
        assertThat(read("t,s\n1,1\n2,1\n3,1\n", PLAIN).warnings()).isEmpty();
        assertThat(read(CODED, PLAIN.withCauseLabels(List.of("relapse", "death")))
                        .warnings())
                .isEmpty();
        assertThat(read(CODED, PLAIN).toBuilder().build().warnings()).hasSize(1);
    }

    @Test
    void severalLevelsMeanOneThing() {
        SurvivalData data = read(
                "t,s\n1,1\n2,2\n3,3.0\n4,0\n5,0\n", PLAIN.withEvents(List.of(List.of("0")), List.of("1", "2", "3")));
        assertThat(data.causes()).containsExactly("0");
        assertThat(new int[] {data.status(0), data.status(1), data.status(2), data.status(3)})
                .containsExactly(0, 0, 0, 1);

        ColumnRoles words = PLAIN.withEvents(
                List.of(List.of("relapse", "progression"), List.of("Dead, of disease", "DEAD, OF DISEASE")),
                List.of("Alive", "Lost"));
        assertThat(words.events()).containsExactly("relapse|progression", "Dead, of disease");
        assertThat(read("t;s\n1;progression\n2;Dead, of disease\n3;Lost\n", words)
                        .status(0))
                .isEqualTo(1);
        assertThatThrownBy(() -> read("t,s\n1,relapse\n2,alive\n3,Relapse\n", words))
                .hasMessageContaining(
                        "row 2, line 3, column 's', value 'alive': unknown status; it differs from 'Alive'"
                                + " only in capitals, blanks or hyphens: if both mean the same, declare both as censored"
                                + " (Alive,alive)")
                .hasMessageContaining("declare both as one event (relapse|Relapse)");
    }

    @Test
    void rowsOfOnePatientThatOverlapAreRefused() {
        assertThatThrownBy(() -> rows(new double[] {0, 3, 0}, new double[] {5, 8, 9}, 0, 1, 0)
                        .build())
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining(
                        "row 2, column 'entry', value '3.0': patient 'a' is under observation to 5.0 in row 1");
        assertThatThrownBy(() ->
                        read("p,e,t,s\na,3,8,1\na,0,5,0\n", PLAIN.withId("p").withEntry("e")))
                .hasMessageContaining("x.csv, row 1, column 'e', value '3.0'")
                .hasMessageContaining("in row 2");
        assertThat(rows(new double[] {0, 5, 0}, new double[] {5, 8, 9}, 0, 1, 0)
                        .build()
                        .size())
                .isEqualTo(3);
    }

    @Test
    void rowsAfterAnEventNameTheCommandThatAnswers() {
        assertThatThrownBy(() -> rows(new double[] {0, 5, 0}, new double[] {5, 8, 9}, 1, 1, 0)
                        .build())
                .hasMessageContaining("patient 'a' had the event (code 1) at 5.0 in row 1")
                .hasMessageContaining("states");
        assertThat(rows(new double[] {0, 5, 0}, new double[] {5, 8, 9}, 1, 1, 0)
                        .recurrent()
                        .build()
                        .size())
                .isEqualTo(3);
    }

    @Test
    void severalRowsWithoutEntryTimesAreRefused() {
        assertThatThrownBy(() -> read("p,t,s\na,5,0\nb,7,0\na,8,1\n", PLAIN.withId("p")))
                .hasMessageContaining(
                        "row 3, column 'p', value 'a': patient 'a' is in row 1 too, and there are no entry");
        assertThat(read("p,t,s\na,5,0\nb,7,0\na,8,1\n", PLAIN.withCluster("p")).size())
                .isEqualTo(3);
    }

    @Test
    void aPatientWhoChangesGroupIsNamed() {
        SurvivalData data = rows(new double[] {0, 5, 0}, new double[] {5, 8, 9}, 0, 1, 0)
                .group(Categories.of(List.of("A", "B", "B")))
                .build();
        assertThat(data.warnings())
                .singleElement()
                .asString()
                .contains("patients change their group: 'a' (rows 1 and 2)");
    }

    @Test
    void timesThatNobodyLivesAreNamed() {
        assertThat(read("t,s\n400,1\n2000,0\n3000,1\n", PLAIN).warnings())
                .singleElement()
                .asString()
                .startsWith("follow-up of more than 120 years, in rows 2, 3 (at most 3000 months, which is 250 years)");
        assertThat(read("t,s\n2000,0\n3000,1\n", PLAIN.withUnit(DurationUnit.DAYS))
                        .warnings())
                .isEmpty();
        assertThat(read("t,s\n121,0\n3,1\n", PLAIN.withUnit(DurationUnit.YEARS)).warnings())
                .hasSize(1);
    }
}
