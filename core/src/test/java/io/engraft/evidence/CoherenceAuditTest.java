package io.engraft.evidence;

import static io.engraft.evidence.Outcome.EVENT_FREE_SURVIVAL;
import static io.engraft.evidence.Outcome.NON_RELAPSE_MORTALITY;
import static io.engraft.evidence.Outcome.OVERALL_SURVIVAL;
import static io.engraft.evidence.Outcome.RELAPSE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engraft.InvalidArgumentException;
import io.engraft.curve.PointEstimate;
import io.engraft.evidence.AuditFinding.Check;
import io.engraft.evidence.AuditFinding.Severity;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CoherenceAuditTest {

    private static final EvidenceTable JMML = EvidenceTable.jmml();

    private static PublishedOutcome row(Outcome outcome, String id) {
        return PublishedOutcome.of(outcome, JMML.get(id), 60);
    }

    private static PublishedOutcome exact(Outcome outcome, double time, double value) {
        return new PublishedOutcome(outcome, time, value, 0, OptionalInt.empty());
    }

    /** 0.42 (1 - (25 x 9 + 18 x 46) / 4300) = 0.42 x 0.75512 = 0.31715; 31 + 58 + 24.488 = 113.488. */
    @Test
    void locatelli1997IsOneMinusKaplanMeier() {
        PublishedOutcome nrm =
                PublishedOutcome.pooled(List.of(row(NON_RELAPSE_MORTALITY, "E44"), row(NON_RELAPSE_MORTALITY, "E45")));
        assertThat(nrm.value()).isCloseTo(10.53 / 43, within(1e-15));
        assertThat(nrm.patients()).hasValue(43);
        assertThat(nrm.rounding()).isCloseTo(0.005, within(1e-15));
        CoherenceAudit audit = CoherenceAudit.of(List.of(row(EVENT_FREE_SURVIVAL, "E43"), row(RELAPSE, "E42"), nrm));
        assertThat(audit.isCoherent()).isFalse();
        assertThat(audit.findings()).hasSize(1);
        AuditFinding finding = audit.findings().get(0);
        assertThat(finding.severity()).isEqualTo(Severity.WARNING);
        assertThat(finding.check()).isEqualTo(Check.ONE_MINUS_KAPLAN_MEIER);
        assertThat(finding.numbers().get("sum")).isCloseTo(1.13488, within(1e-5));
        assertThat(finding.numbers().get("product")).isCloseTo(0.31715, within(1e-5));
        assertThat(finding.sentence())
                .isEqualTo("event-free survival 31 %, relapse 58 % and non-relapse mortality 24.5 % add to 113.5 %, but"
                        + " event-free survival is (1 - relapse)(1 - non-relapse mortality) = 31.7 % within rounding:"
                        + " relapse and non-relapse mortality are 1 - Kaplan-Meier, which is larger than the share of"
                        + " patients, and not cumulative incidences");
    }

    @Test
    void locatelli2005AndEurocordAdd() {
        CoherenceAudit first = CoherenceAudit.of(
                List.of(row(EVENT_FREE_SURVIVAL, "E05"), row(RELAPSE, "E01"), row(NON_RELAPSE_MORTALITY, "E02")));
        assertThat(first.isCoherent()).isTrue();
        assertThat(first.findings().get(0).severity()).isEqualTo(Severity.NOTE);
        assertThat(first.findings().get(0).numbers().get("sum")).isCloseTo(1, within(1e-12));
        CoherenceAudit second = CoherenceAudit.of(
                List.of(row(EVENT_FREE_SURVIVAL, "E13"), row(RELAPSE, "E11"), row(NON_RELAPSE_MORTALITY, "E12")));
        assertThat(second.isCoherent()).isTrue();
        assertThat(second.findings().get(0).numbers().get("sum")).isCloseTo(0.99, within(1e-12));
        assertThat(second.findings().get(0).sentence())
                .isEqualTo(
                        "event-free survival 44 %, relapse 33 % and non-relapse mortality 22 % add to 99 %, 100 % within"
                                + " rounding");
    }

    /** E76 prints OS 69 below transplant-free survival 76. */
    @Test
    void survivalBelowEventFreeSurvivalIsAProblem() {
        CoherenceAudit audit = CoherenceAudit.of(List.of(
                PublishedOutcome.printed(OVERALL_SURVIVAL, 60, "69"),
                PublishedOutcome.printed(EVENT_FREE_SURVIVAL, 60, "76")));
        assertThat(audit.findings()).hasSize(1);
        assertThat(audit.findings().get(0).check()).isEqualTo(Check.OVERALL_SURVIVAL);
        assertThat(audit.findings().get(0).sentence())
                .isEqualTo(
                        "overall survival of 69 % is below event-free survival of 76 %, which counts only some of those"
                                + " alive");
    }

    @Test
    void otherContradictions() {
        CoherenceAudit deaths =
                CoherenceAudit.of(List.of(exact(OVERALL_SURVIVAL, 60, 0.8), exact(NON_RELAPSE_MORTALITY, 60, 0.3)));
        assertThat(deaths.findings().get(0).check()).isEqualTo(Check.DEATHS);
        assertThat(deaths.findings().get(0).sentence()).contains("80 % and non-relapse mortality of 30 % exceed 100 %");
        CoherenceAudit pair = CoherenceAudit.of(List.of(exact(EVENT_FREE_SURVIVAL, 60, 0.8), exact(RELAPSE, 60, 0.3)));
        assertThat(pair.findings().get(0).sentence())
                .isEqualTo("event-free survival of 80 % and relapse of 30 % exceed 100 % together");
        CoherenceAudit more = CoherenceAudit.of(List.of(
                exact(EVENT_FREE_SURVIVAL, 60, 0.6), exact(RELAPSE, 60, 0.3), exact(NON_RELAPSE_MORTALITY, 60, 0.3)));
        assertThat(more.findings().get(0).severity()).isEqualTo(Severity.PROBLEM);
        assertThat(more.findings().get(0).sentence())
                .endsWith(
                        "add to 120 %, more than 100 % beyond rounding: they are of different patients or differently defined");
        CoherenceAudit less = CoherenceAudit.of(List.of(
                exact(EVENT_FREE_SURVIVAL, 60, 0.3), exact(RELAPSE, 60, 0.3), exact(NON_RELAPSE_MORTALITY, 60, 0.3)));
        assertThat(less.findings().get(0).sentence()).contains("less than 100 % beyond rounding");
        CoherenceAudit time = CoherenceAudit.of(List.of(
                exact(RELAPSE, 12, 0.3),
                exact(RELAPSE, 24, 0.2),
                exact(OVERALL_SURVIVAL, 12, 0.6),
                exact(OVERALL_SURVIVAL, 36.5, 0.7),
                exact(EVENT_FREE_SURVIVAL, 12, 0.5),
                exact(EVENT_FREE_SURVIVAL, 24, 0.5)));
        assertThat(time.findings()).extracting(AuditFinding::check).containsExactly(Check.MONOTONE, Check.MONOTONE);
        assertThat(time.findings().get(0).sentence())
                .isEqualTo("relapse goes from 30 % at 12 to 20 % at 24, which it cannot among the same patients");
        assertThat(time.findings().get(1).sentence()).contains("60 % at 12 to 70 % at 36.5");
        assertThat(time.tidy().rowCount()).isEqualTo(2);
        assertThat(time.tidy().value(0, "severity")).isEqualTo("problem");
    }

    /** KPHOG: EFS 52.6 and TRM 30.1 of 68 leave 17.3 %; Wilson at n = 68 by its formula. */
    @Test
    void theThirdIsImplied() {
        CoherenceAudit korea = CoherenceAudit.of(List.of(
                row(EVENT_FREE_SURVIVAL, "E32"), row(NON_RELAPSE_MORTALITY, "E34"), row(OVERALL_SURVIVAL, "E33")));
        assertThat(korea.isCoherent()).isTrue();
        PointEstimate relapse = korea.implied(RELAPSE, 60, 0.95);
        assertThat(relapse.estimate()).isCloseTo(0.173, within(1e-12));
        double z = 1.959963984540054;
        double half = z * Math.sqrt((0.173 * 0.827 + z * z / 272) / 68);
        double centre = 0.173 + z * z / 136;
        assertThat(relapse.interval().lower().orElseThrow())
                .isCloseTo((centre - half) / (1 + z * z / 68), within(1e-12));
        assertThat(relapse.interval().upper().orElseThrow())
                .isCloseTo((centre + half) / (1 + z * z / 68), within(1e-12));
        // different patients: sqrt(0.25 / 100 + 0.16 / 64) = sqrt(0.005)
        CoherenceAudit mixed = CoherenceAudit.of(List.of(
                exact(EVENT_FREE_SURVIVAL, 60, 0.5).withPatients(100),
                exact(RELAPSE, 60, 0.2).withPatients(64)));
        PointEstimate nrm = mixed.implied(NON_RELAPSE_MORTALITY, 60, 0.95);
        assertThat(nrm.estimate()).isCloseTo(0.3, within(1e-15));
        assertThat(nrm.standardError().orElseThrow()).isCloseTo(Math.sqrt(0.005), within(1e-15));
        assertThat(nrm.interval().lower().orElseThrow()).isCloseTo(0.3 - z * Math.sqrt(0.005), within(1e-12));
        PointEstimate bare = CoherenceAudit.of(List.of(exact(EVENT_FREE_SURVIVAL, 60, 0.5), exact(RELAPSE, 60, 0.2)))
                .implied(NON_RELAPSE_MORTALITY, 60, 0.95);
        assertThat(bare.interval().reason()).isEqualTo("the number of patients is not known");
        PointEstimate none = CoherenceAudit.of(List.of(exact(EVENT_FREE_SURVIVAL, 60, 0.8), exact(RELAPSE, 60, 0.3)))
                .implied(NON_RELAPSE_MORTALITY, 60, 0.95);
        assertThat(none.isEstimable()).isFalse();
        assertThat(none.reason())
                .isEqualTo("event-free survival and relapse exceed 1 together, which leaves nothing for non-relapse"
                        + " mortality");
    }

    /** True cumulative incidences always pass; the same hazards as 1 - Kaplan-Meier never do unless rounding hides it. */
    @Test
    void laws() {
        for (long seed = 0; seed < 1000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            double a = 0.02 + 2 * random.nextDouble();
            double b = 0.02 + 2 * random.nextDouble();
            double efs = Math.exp(-a - b);
            double relapse = a / (a + b) * (1 - efs);
            double nrm = b / (a + b) * (1 - efs);
            String where = "seed " + seed;
            CoherenceAudit good = CoherenceAudit.of(List.of(
                    rounded(EVENT_FREE_SURVIVAL, efs),
                    rounded(RELAPSE, relapse),
                    rounded(NON_RELAPSE_MORTALITY, nrm),
                    rounded(OVERALL_SURVIVAL, efs + relapse * random.nextDouble())));
            assertThat(good.isCoherent()).as(where).isTrue();
            CoherenceAudit wrong = CoherenceAudit.of(List.of(
                    rounded(EVENT_FREE_SURVIVAL, efs),
                    rounded(RELAPSE, -Math.expm1(-a)),
                    rounded(NON_RELAPSE_MORTALITY, -Math.expm1(-b))));
            AuditFinding finding = wrong.findings().get(0);
            double excess = Math.expm1(-a) * Math.expm1(-b);
            if (excess > 0.03) {
                assertThat(finding.check()).as(where).isEqualTo(Check.ONE_MINUS_KAPLAN_MEIER);
            } else {
                assertThat(finding.check()).as(where).isIn(Check.ONE_MINUS_KAPLAN_MEIER, Check.SUM);
                assertThat(finding.severity()).as(where).isNotEqualTo(Severity.PROBLEM);
            }
        }
    }

    private static PublishedOutcome rounded(Outcome outcome, double value) {
        return PublishedOutcome.printed(outcome, 60, String.valueOf(Math.round(100 * value)));
    }

    @Test
    void badInput() {
        assertThatThrownBy(() -> CoherenceAudit.of(List.of()))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("published figures is empty; allowed: one or more");
        assertThatThrownBy(() -> CoherenceAudit.of(List.of(exact(RELAPSE, 60, 0.1), exact(RELAPSE, 60, 0.2))))
                .hasMessage("relapse is given twice at time 60; allowed: once a time; pool subgroups first");
        assertThatThrownBy(() -> exact(RELAPSE, 60, 35)).hasMessage("relapse is 35.0; allowed: 0 <= relapse <= 1");
        assertThatThrownBy(() -> exact(RELAPSE, Double.NaN, 0.3))
                .hasMessage("time is NaN; allowed: 0 < time < infinity");
        assertThatThrownBy(() -> new PublishedOutcome(RELAPSE, 60, 0.3, 0.6, OptionalInt.empty()))
                .hasMessage("rounding is 0.6; allowed: 0 <= rounding <= 0.5");
        assertThatThrownBy(() -> exact(RELAPSE, 60, 0.3).withPatients(0))
                .hasMessage("patients is 0; allowed: patients >= 1");
        assertThatThrownBy(() -> PublishedOutcome.printed(RELAPSE, 60, "30-40"))
                .hasMessage("relapse is '30-40'; allowed: a percentage, 0 to 100");
        assertThatThrownBy(() -> PublishedOutcome.printed(RELAPSE, 60, "130"))
                .hasMessage("relapse is '130'; allowed: a percentage, 0 to 100");
        assertThatThrownBy(() -> row(RELAPSE, "E30"))
                .hasMessageContaining("in unit 'days (range)'; allowed: one percentage");
        assertThatThrownBy(() -> PublishedOutcome.pooled(List.of()))
                .hasMessage("subgroups is empty; allowed: one or more");
        assertThatThrownBy(() -> PublishedOutcome.pooled(List.of(exact(RELAPSE, 60, 0.1))))
                .hasMessage("patients of a subgroup is missing; allowed: a number, as subgroups are weighted by it");
        assertThatThrownBy(() -> PublishedOutcome.pooled(List.of(
                        exact(RELAPSE, 60, 0.1).withPatients(3),
                        exact(RELAPSE, 24, 0.1).withPatients(3))))
                .hasMessage("subgroups are of relapse at 60.0 and relapse at 24.0; allowed: one outcome at one time");
        CoherenceAudit audit = CoherenceAudit.of(List.of(exact(EVENT_FREE_SURVIVAL, 60, 0.5), exact(RELAPSE, 60, 0.2)));
        assertThatThrownBy(() -> audit.implied(OVERALL_SURVIVAL, 60, 0.95))
                .hasMessage(
                        "outcome is overall survival; allowed: event-free survival, relapse or non-relapse mortality");
        assertThatThrownBy(() -> audit.implied(RELAPSE, 60, 0.95))
                .hasMessage("relapse is printed at time 60; allowed: one that is not");
        assertThatThrownBy(() -> audit.implied(NON_RELAPSE_MORTALITY, 24, 0.95))
                .hasMessage("event-free survival is missing at time 24; allowed: both others, to imply the third");
        assertThatThrownBy(() -> audit.implied(NON_RELAPSE_MORTALITY, 60, 1))
                .hasMessage("level is 1.0; allowed: 0 < level < 1");
    }
}
