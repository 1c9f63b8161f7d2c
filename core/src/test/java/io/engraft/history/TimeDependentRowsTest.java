package io.engraft.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engraft.data.DurationUnit;
import io.engraft.data.SurvivalData;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimeDependentRowsTest {

    private static final EndpointRules RULES = EndpointRules.withDefaults();
    private static final List<TimeDependentCovariate> TWO =
            List.of(TimeDependentCovariate.AGVHD_2_4, TimeDependentCovariate.CGVHD);

    private static List<String> rows(Endpoint endpoint, String events) {
        return lines(TimeDependentRows.of(List.of(Histories.of(events)), endpoint, RULES, TWO, DurationUnit.DAYS)
                .data());
    }

    private static List<String> lines(SurvivalData data) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < data.size(); i++) {
            StringBuilder line =
                    new StringBuilder("(" + (long) data.entry(i) + "," + (long) data.time(i) + "] " + data.status(i));
            for (String name : data.covariates()) {
                line.append(' ').append((long) data.numericCovariate(name)[i]);
            }
            lines.add(line.toString());
        }
        return lines;
    }

    @Test
    void cutsAtOnsets() {
        assertThat(rows(Endpoint.OS, "agvhd_2=30 cgvhd_mild=150 death=400"))
                .containsExactly("(0,30] 0 0 0", "(30,150] 0 1 0", "(150,400] 1 1 1");
        assertThat(rows(Endpoint.OS, "last_contact=400")).containsExactly("(0,400] 0 0 0");
        assertThat(rows(Endpoint.OS, "agvhd_2=30 cgvhd_mild=30 last_contact=40"))
                .containsExactly("(0,30] 0 0 0", "(30,40] 0 1 1");
    }

    @Test
    void anOnsetOnTheDayOfTheEventOrLaterMakesNoRow() {
        assertThat(rows(Endpoint.OS, "agvhd_2=30 death=30")).containsExactly("(0,30] 1 0 0");
        assertThat(rows(Endpoint.DFS, "relapse=50 agvhd_2=80 death=90")).containsExactly("(0,50] 1 0 0");
    }

    @Test
    void anOnsetOnDayZeroShowsFromTheFirstRow() {
        assertThat(rows(Endpoint.OS, "agvhd_2=0 death=30")).containsExactly("(0,30] 1 1 0");
    }

    @Test
    void whoEndsOnDayZeroHasNoRowAndIsNamed() {
        TimeDependentRows rows = TimeDependentRows.of(
                List.of(Histories.of("A", "death=0"), Histories.of("B", "second_transplant=10 death=20")),
                Endpoint.OS,
                RULES,
                List.of(TimeDependentCovariate.SECOND_TRANSPLANT),
                DurationUnit.DAYS);
        assertThat(rows.withoutRows()).containsExactly("A");
        assertThat(rows.data().dropped()).isEqualTo(1);
        assertThat(lines(rows.data())).containsExactly("(0,10] 0 0", "(10,20] 1 1");
        assertThat(rows.data().id().orElseThrow().value(1)).isEqualTo("B");
        assertThatThrownBy(() -> rows(Endpoint.OS, "death=0")).hasMessageContaining("ends on day 0");
    }

    @Test
    void keepsCompetingEventsAndConvertsUnits() {
        SurvivalData data = TimeDependentRows.of(
                        List.of(Histories.of("donor_lymphocytes=30.4375 agvhd_3=40 death=60.875")),
                        Endpoint.RELAPSE,
                        RULES,
                        List.of(TimeDependentCovariate.DONOR_LYMPHOCYTES),
                        DurationUnit.MONTHS)
                .data();
        assertThat(lines(data)).containsExactly("(0,1] 0 0", "(1,2] 2 1");
        assertThat(data.causes()).containsExactly("relapse", "death without relapse");
    }

    @Test
    void personTimeAndEventsAreThoseOfTheEndpoint() {
        List<TransplantHistory> histories = List.of(
                Histories.of("A", "agvhd_3=12 cgvhd_mild=130 relapse=200 death=220"),
                Histories.of("B", "agvhd_2=12 death=40"),
                Histories.of("C", "cgvhd_mild=130 last_contact=365"));
        for (Endpoint endpoint : Endpoint.values()) {
            SurvivalData whole = endpoint.apply(histories, RULES, DurationUnit.DAYS);
            SurvivalData cut = TimeDependentRows.of(histories, endpoint, RULES, TWO, DurationUnit.DAYS)
                    .data();
            double time = 0;
            int events = 0;
            for (int i = 0; i < cut.size(); i++) {
                time += cut.time(i) - cut.entry(i);
                events += cut.status(i);
            }
            assertThat(time).as(endpoint.title()).isEqualTo(whole.time(0) + whole.time(1) + whole.time(2));
            assertThat(events).isEqualTo(whole.status(0) + whole.status(1) + whole.status(2));
        }
    }

    @Test
    void covariatesAreDistinctAndNamed() {
        assertThatThrownBy(() -> TimeDependentRows.of(
                        List.of(Histories.of("death=3")), Endpoint.OS, RULES, List.of(), DurationUnit.DAYS))
                .hasMessageContaining("one or more, distinct");
        assertThat(TimeDependentCovariate.parse("AGVHD-3-4")).isEqualTo(TimeDependentCovariate.AGVHD_3_4);
        assertThat(TimeDependentCovariate.AGVHD_3_4.onset(Histories.of("agvhd_4=5 death=9")))
                .hasValue(5);
        assertThatThrownBy(() -> TimeDependentCovariate.parse("vod"))
                .hasMessageContaining("time-dependent covariate is vod; allowed: one of [agvhd_2_4");
    }
}
