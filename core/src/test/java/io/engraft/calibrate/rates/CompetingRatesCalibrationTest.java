package io.engraft.calibrate.rates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engraft.InvalidArgumentException;
import io.engraft.curve.PointEstimate;
import io.engraft.data.DurationUnit;
import io.engraft.data.TidyTable;
import io.engraft.law.Exponential;
import io.engraft.law.LawFamily;
import io.engraft.law.Weibull;
import io.engraft.pathway.Assumption;
import io.engraft.pathway.PathwayModel;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class CompetingRatesCalibrationTest {

    private static CompetingRatesCalibration rates() {
        return CompetingRatesCalibration.withDefaults().withRemission(0.50).withRelapse(0.35);
    }

    @Test
    void aShareComputedAsARestIsNotRefusedForItsLastBit() {
        CompetingRatesResult result = CompetingRatesCalibration.withDefaults()
                .withRemission(1 - 0.7)
                .withRelapse(0.7)
                .calibrate();
        assertThat(result.models().get(0).mixture().probability("nrm").estimate())
                .isZero();
    }

    @Test
    void theMainJobByHand() {
        CompetingRatesResult result = rates().withRelapseBy(12, 0.84).calibrate();
        assertThat(result.models()).hasSize(1);
        CompetingRatesModel model = result.model(LawFamily.WEIBULL);
        assertThat(model.fates().stream().map(CompetingRatesModel.CalibratedFate::fate))
                .containsExactly("remission", "relapse", "nrm");
        assertThat(model.fates().stream().map(f -> f.probability().estimate())).containsExactly(0.50, 0.35, 0.15);
        assertThat(model.fates().get(0).law()).isNull();
        // Median 80 days = 2.62834 months; shape ln(ln(1/0.16)/ln 2)/ln(365.25/80) = 0.6402
        Weibull law = (Weibull) Objects.requireNonNull(model.fates().get(1).law());
        assertThat(law.shape()).isCloseTo(0.6402, within(5e-5));
        assertThat(law.scale() * 30.4375).isCloseTo(141.8, within(0.05));
        assertThat(law.timeAt(0.5) * 365.25 / 12).isCloseTo(80, within(1e-12));
        CompetingRatesModel.Point year = model.points().get(1);
        assertThat(year.time()).isEqualTo(12);
        assertThat(year.relapse().estimate()).isCloseTo(0.294, within(1e-15));
        assertThat(year.nrm().estimate()).isCloseTo(0.15 * 0.85, within(1e-15));
        assertThat(year.survival().estimate()).isCloseTo(1 - 0.294 - 0.1275, within(1e-15));
        assertThat(model.points().stream().map(CompetingRatesModel.Point::time)).containsExactly(6.0, 12.0, 24.0, 60.0);
        assertThat(model.mixture().incidence("relapse").incidenceAt(1e12).estimate())
                .isEqualTo(0.35);
        assertThat(model.mixture().incidence("nrm").incidenceAt(1e12).estimate())
                .isEqualTo(0.15);
        assertThat(model.mixture().eventFreeSurvival().survivalAt(1e12).estimate())
                .isEqualTo(0.5);
        assertThat(model.assumptions().stream().map(Assumption::id)).containsExactly("T1", "A2a", "A2b");
        assertThat(model.evidence()).containsExactly("E30");
        assertThat(result.unit()).isEqualTo(DurationUnit.MONTHS);
        assertThat(year.relapse().hasInterval()).isFalse();
        assertThat(result.warnings())
                .anyMatch(w -> w.contains("assumption A2a = 4 months (range 2 to 8)"))
                .anyMatch(w -> w.contains("no intervals"))
                .anyMatch(w -> w.contains("compare all families"));
    }

    @Test
    void withoutAnythingItIsTheJmmlModel() {
        CompetingRatesModel model =
                CompetingRatesCalibration.withDefaults().calibrate().models().get(0);
        assertThat(model.mixture().fates())
                .isEqualTo(PathwayModel.jmml().mixture().fates().stream()
                        .map(f -> f.law() == null
                                ? f
                                : io.engraft.multistate.Fate.of(f.event(), f.probability(), f.law()))
                        .toList());
        assertThat(model.assumptions().stream().map(Assumption::id))
                .containsExactly("F1", "F2", "T1", "A1", "A2a", "A2b");
        assertThat(model.evidence()).contains("E01", "E03", "E30");
    }

    @Test
    void patientsGiveIntervals() {
        CompetingRatesResult result = rates().withRelapseBy(12, 0.84)
                .withSampleSize(100)
                .withDraws(1000, 3)
                .calibrate();
        CompetingRatesModel model = result.models().get(0);
        PointEstimate relapse = model.points().get(1).relapse();
        assertThat(relapse.interval().lower().orElseThrow()).isBetween(0.19, 0.23);
        assertThat(relapse.interval().upper().orElseThrow()).isBetween(0.37, 0.40);
        assertThat(model.fates().get(0).probability().interval().isEstimable()).isTrue();
        assertThat(result.warnings())
                .anyMatch(w -> w.contains("of shares and times together, as if the fate of all 100 patients were known:"
                        + " where many were censored they are too narrow"));
        PointEstimate narrow = rates().withSampleSize(100)
                .withLevel(0.5)
                .calibrate()
                .models()
                .get(0)
                .points()
                .get(1)
                .relapse();
        assertThat(narrow.interval().upper().orElseThrow())
                .isLessThan(relapse.interval().upper().orElseThrow());
        TidyTable curves = result.tidy();
        assertThat(curves.rowCount()).isEqualTo(12);
        assertThat(curves.value(4, "curve")).isEqualTo("relapse");
        assertThat((Double) curves.value(4, "probability")).isCloseTo(0.294, within(1e-15));
        assertThat(curves.value(4, "lower")).isNotNull();
        TidyTable fates = result.tidyFates();
        assertThat(fates.rowCount()).isEqualTo(5);
        assertThat(fates.value(0, "parameter")).isNull();
        assertThat(fates.value(1, "parameter")).isEqualTo("shape");
    }

    @Test
    void levelDrawsAndSeedAreThoseGiven() {
        // F(12) = 0.84 r with r of 100 patients: standard error 0.84 sqrt(0.35 0.65 / 100), nearly normal.
        double error = 0.84 * Math.sqrt(0.35 * 0.65 / 100);
        PointEstimate quartiles = atYear(rates().withLevel(0.5).withDraws(4000, 1));
        assertThat(quartiles.interval().level()).isEqualTo(0.5);
        assertThat(quartiles.interval().upper().orElseThrow()).isCloseTo(0.294 + 0.67449 * error, within(0.004));
        assertThat(quartiles.interval().lower().orElseThrow()).isCloseTo(0.294 - 0.67449 * error, within(0.004));
        PointEstimate first = atYear(rates().withDraws(1000, 3));
        assertThat(atYear(rates().withDraws(1000, 3)).interval()).isEqualTo(first.interval());
        assertThat(atYear(rates().withDraws(1000, 4)).interval()).isNotEqualTo(first.interval());
        assertThat(atYear(rates().withDraws(2000, 3)).interval()).isNotEqualTo(first.interval());
    }

    private static PointEstimate atYear(CompetingRatesCalibration rates) {
        return rates.withTimesKnown()
                .withRelapseBy(12, 0.84)
                .withSampleSize(100)
                .calibrate()
                .models()
                .get(0)
                .points()
                .get(1)
                .relapse();
    }

    @Test
    void twoTargetsOfEitherEventLeaveTheExponentialOut() {
        CompetingRatesCalibration nrm =
                rates().withNrmMedian(4).withNrmBy(12, 0.9).withAllFamilies();
        CompetingRatesCalibration relapse =
                rates().withRelapseMedian(3).withRelapseBy(12, 0.9).withAllFamilies();
        for (CompetingRatesCalibration two : List.of(nrm, relapse)) {
            CompetingRatesResult result = two.calibrate();
            assertThat(result.models().stream().map(CompetingRatesModel::family))
                    .hasSize(4)
                    .doesNotContain(LawFamily.EXPONENTIAL);
            assertThat(result.warnings()).anyMatch(w -> w.startsWith("The exponential family is left out"));
        }
    }

    @Test
    void allFamiliesMeetTheSameTargets() {
        CompetingRatesResult two = rates().withRelapseBy(12, 0.84)
                .withRelapseMedian(2.5)
                .withNrmBy(3, 0.4)
                .withNrmMedian(4)
                .withAllFamilies()
                .calibrate();
        assertThat(two.models().stream().map(CompetingRatesModel::family))
                .containsExactly(LawFamily.WEIBULL, LawFamily.LOG_NORMAL, LawFamily.LOG_LOGISTIC, LawFamily.GAMMA);
        for (CompetingRatesModel model : two.models()) {
            assertThat(model.points().get(1).relapse().estimate()).isCloseTo(0.294, within(1e-12));
            assertThat(model.mixture().incidence("relapse").incidenceAt(2.5).estimate())
                    .isCloseTo(0.175, within(1e-12));
            assertThat(model.mixture().incidence("nrm").incidenceAt(3).estimate())
                    .isCloseTo(0.06, within(1e-12));
            assertThat(model.assumptions()).isEmpty();
            assertThat(model.evidence()).isEmpty();
        }
        assertThat(two.warnings()).anyMatch(w -> w.startsWith("The exponential family is left out"));
        // At five years the families differ, though they agree at the targets.
        double weibull = two.model(LawFamily.WEIBULL).points().get(3).relapse().estimate();
        double logLogistic =
                two.model(LawFamily.LOG_LOGISTIC).points().get(3).relapse().estimate();
        assertThat(weibull - logLogistic).isGreaterThan(0.005);
    }

    @Test
    void oneTargetAdmitsTheExponential() {
        CompetingRatesResult result =
                rates().withRelapseBy(12, 0.84).withAllFamilies().calibrate();
        CompetingRatesModel model = result.model(LawFamily.EXPONENTIAL);
        assertThat(result.models()).hasSize(5);
        Exponential law =
                (Exponential) Objects.requireNonNull(model.fates().get(1).law());
        assertThat(law.rate()).isCloseTo(-Math.log(0.16) / 12, within(1e-15));
        assertThat(model.points().get(1).relapse().estimate()).isCloseTo(0.294, within(1e-15));
        // The median of death without relapse is assumed, its share by month 12 is not needed.
        assertThat(model.assumptions().stream().map(Assumption::id)).containsExactly("A2a");
        CompetingRatesModel byMedian = rates().withRelapseMedian(3)
                .withFamily(LawFamily.EXPONENTIAL)
                .calibrate()
                .models()
                .get(0);
        assertThat(byMedian.mixture().incidence("relapse").incidenceAt(3).estimate())
                .isCloseTo(0.175, within(1e-15));
        assertThat(rates().withFamily(LawFamily.EXPONENTIAL)
                        .calibrate()
                        .models()
                        .get(0)
                        .assumptions()
                        .get(0)
                        .id())
                .isEqualTo("T1");
    }

    @Test
    void unitsConvertTheAssumptions() {
        CompetingRatesResult days =
                rates().withUnit(DurationUnit.DAYS).withRelapseBy(365.25, 0.84).calibrate();
        Weibull law = (Weibull)
                Objects.requireNonNull(days.models().get(0).fates().get(1).law());
        assertThat(law.timeAt(0.5)).isCloseTo(80, within(1e-12));
        assertThat(days.models().get(0).points().get(1).time()).isEqualTo(365.25);
        CompetingRatesModel years = rates().withUnit(DurationUnit.YEARS)
                .withTimes(1, 0.5)
                .calibrate()
                .models()
                .get(0);
        assertThat(years.points().get(0).relapse().estimate()).isCloseTo(0.294, within(1e-14));
        assertThat(years.points()).hasSize(2);
    }

    @Test
    void impossibleRatesSayWhichAndWhy() {
        bad(
                () -> CompetingRatesCalibration.withDefaults()
                        .withRemission(0.7)
                        .withRelapse(0.5)
                        .calibrate(),
                "remission 0.7 and relapse 0.5 sum to 1.2; allowed: at most 1, because deaths without relapse are the rest");
        bad(() -> rates().withRemission(-0.1), "remission is -0.1; allowed: 0 <= remission <= 1");
        bad(() -> rates().withRelapse(Double.NaN), "relapse is NaN; allowed: 0 <= relapse <= 1");
        bad(() -> rates().withRelapseBy(12, 1), "share of relapse-by is 1.0; allowed: 0 < share of relapse-by < 1");
        bad(() -> rates().withRelapseBy(12, 0), "share of relapse-by is 0.0");
        bad(() -> rates().withRelapseBy(-1, 0.5), "time of relapse-by is -1.0");
        bad(() -> rates().withNrmBy(12, Double.NaN), "share of nrm-by is NaN");
        bad(() -> rates().withRelapseMedian(0), "relapse median is 0.0; allowed: 0 <");
        bad(() -> rates().withNrmMedian(Double.NaN), "nrm median is NaN");
        bad(() -> rates().withSampleSize(0), "n is 0; allowed: n >= 1");
        bad(() -> rates().withDraws(10, 1), "draws is 10; allowed: draws >= 100");
        bad(() -> rates().withLevel(0), "level is 0.0");
        bad(() -> rates().withTimes(Double.NaN), "time is NaN");
        bad(
                () -> rates().withRelapseBy(12, 0.84).withRelapseMedian(14).calibrate(),
                "relapse median 14.0, and share 0.84 by time 12.0, contradict each other; allowed: a share above 0.5 by a"
                        + " time after the median");
        bad(() -> rates().withRelapseBy(12, 0.5).withRelapseMedian(12).calibrate(), "contradict each other");
        bad(
                () -> rates().withNrmBy(2, 0.7).calibrate(),
                "nrm median 4.0, which is assumption A2a of JMML, and share 0.7 by time 2.0, contradict each other");
        bad(() -> rates().withNrmBy(2, 0.7).calibrate(), "or give both the median and the share");
        bad(() -> rates().withRelapseMedian(20).calibrate(), "share 0.84 by time 12.0, which is assumption A1 of JMML");
        bad(
                () -> rates().withRelapseBy(12, 0.84)
                        .withRelapseMedian(3)
                        .withFamily(LawFamily.EXPONENTIAL)
                        .calibrate(),
                "for relapse both a median and a share by a time were given");
        bad(() -> rates().calibrate().model(LawFamily.GAMMA), "family is gamma; allowed: one of [weibull]");
        bad(
                () -> rates().withFamily(LawFamily.GOMPERTZ),
                "family is gompertz; allowed: exponential, weibull, lognormal, loglogistic or gamma");
        bad(
                () -> rates().withFamily(LawFamily.GENERALIZED_GAMMA),
                "family is gengamma; allowed: exponential, weibull, lognormal, loglogistic or gamma");
    }

    @Test
    void aFamilyThatCannotMeetTheTargetsIsNamed() {
        CompetingRatesCalibration narrow = rates().withRelapseMedian(10).withRelapseBy(10.001, 0.99);
        CompetingRatesResult result = narrow.withAllFamilies().calibrate();
        assertThat(result.models().stream().map(CompetingRatesModel::family)).doesNotContain(LawFamily.GAMMA);
        assertThat(result.warnings()).anyMatch(w -> w.startsWith("no gamma model: timing targets"));
        bad(() -> narrow.withFamily(LawFamily.GAMMA).calibrate(), "are not met by a gamma law");
    }

    @Test
    void certainFatesAreAllowed() {
        CompetingRatesModel all = CompetingRatesCalibration.withDefaults()
                .withRemission(1)
                .withRelapse(0)
                .calibrate()
                .models()
                .get(0);
        assertThat(all.points().get(3).survival().estimate()).isEqualTo(1);
        assertThat(all.fates().get(2).probability().estimate()).isZero();
    }

    private static void bad(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(InvalidArgumentException.class).hasMessageContaining(message);
    }
}
