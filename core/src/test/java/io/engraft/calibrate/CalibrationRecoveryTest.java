package io.engraft.calibrate;

import static io.engraft.calibrate.RateCalibrationTest.illness;
import static io.engraft.calibrate.RateCalibrationTest.mixture;
import static io.engraft.calibrate.RateCalibrationTest.openIllness;
import static io.engraft.calibrate.RateCalibrationTest.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engraft.FitStatus;
import io.engraft.internal.PatientStream;
import io.engraft.law.Exponential;
import io.engraft.law.LawFamily;
import io.engraft.law.Weibull;
import io.engraft.multistate.FateModel;
import io.engraft.multistate.MultiStateModel;
import io.engraft.multistate.solve.OccupancySolver;
import io.engraft.multistate.solve.SolvedOccupancy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A model calibrated to its own solved values gives its parameters back. */
class CalibrationRecoveryTest {

    @Test
    void mixturesAreRecoveredFromTheirOwnCurves() {
        for (int seed = 0; seed < 200; seed++) {
            PatientStream u = PatientStream.of(seed, 2, 0);
            double cure = 0.2 + 0.5 * u.next();
            double relapse = (1 - cure) * (0.3 + 0.4 * u.next());
            Weibull one = Weibull.of(0.5 + u.next(), 2 + 20 * u.next());
            Weibull other = Weibull.of(0.5 + u.next(), 2 + 20 * u.next());
            FateModel truth = mixture(cure, relapse, one, other);
            ModelReading reading = new ModelReading(MultiStateModel.of(truth), 60);
            RateCalibration calibration = RateCalibration.of(OpenModel.of(start())
                    .withOpenFates("remission")
                    .withOpenLaw("remission", "relapse", OpenLaw.of(LawFamily.WEIBULL))
                    .withOpenLaw("remission", "nrm", OpenLaw.of(LawFamily.WEIBULL)));
            List<ModelQuantity> asked = List.of(
                    ModelQuantity.occupancy("remission", 12),
                    ModelQuantity.incidence("relapse", 6),
                    ModelQuantity.median("relapse"),
                    new ModelQuantity.EventQuantile("relapse", 0.8),
                    new ModelQuantity.EventQuantile("nrm", 0.25),
                    new ModelQuantity.EventQuantile("nrm", 0.75));
            for (ModelQuantity q : asked) {
                calibration = calibration.withTarget(q, reading.value(q));
            }
            CalibratedModel found = calibration.calibrate().models().get(0);
            String what = "seed " + seed;
            assertThat(found.status()).as(what).isEqualTo(FitStatus.CONVERGED);
            Map<String, Double> p = found.parameters();
            assertThat(p.get("remission/relapse/probability")).as(what).isCloseTo(relapse, within(1e-8));
            assertThat(p.get("remission/cure/probability")).as(what).isCloseTo(cure, within(1e-8));
            double scale = one.parameters().getOrDefault("scale", Double.NaN);
            assertThat(p.get("remission/relapse/scale")).as(what).isCloseTo(scale, within(1e-8 * scale));
            assertThat(p.get("remission/nrm/shape"))
                    .as(what)
                    .isCloseTo(other.parameters().get("shape"), within(1e-8));
        }
    }

    @Test
    void illnessDeathModelsAreRecoveredFromTheirOwnCurves() {
        for (int seed = 0; seed < 30; seed++) {
            PatientStream u = PatientStream.of(seed, 3, 0);
            double a = 0.05 + 0.3 * u.next();
            double b = 0.05 + 0.2 * u.next();
            double c = 0.05 + 0.4 * u.next();
            SolvedOccupancy truth = OccupancySolver.withDefaults().solve(illness(a, b, Exponential.of(c)), 10);
            CalibratedModel found = RateCalibration.of(openIllness(illness(0.15, 0.15, Exponential.of(0.2))))
                    .withTarget(ModelQuantity.occupancy("h", 4), truth.probability("h", 4))
                    .withTarget(
                            new ModelQuantity.FirstEntry("i", 6),
                            truth.firstEntry("i").incidenceAt(6).estimate())
                    .withTarget(ModelQuantity.occupancy("d", 8), truth.probability("d", 8))
                    .calibrate()
                    .models()
                    .get(0);
            assertThat(found.status()).as("seed " + seed).isEqualTo(FitStatus.CONVERGED);
            assertThat(List.copyOf(found.parameters().values()))
                    .as("seed " + seed)
                    .usingElementComparator((x, y) -> Math.abs(x - y) < 1e-7 ? 0 : 1)
                    .containsExactly(a, b, c);
        }
    }

    @Test
    void aWeibullHazardAfterAnEventIsRecovered() {
        MultiStateModel model = illness(0.2, 0.05, Weibull.of(1.5, 4));
        SolvedOccupancy truth = OccupancySolver.withDefaults().solve(model, 10);
        OpenModel open = OpenModel.of(illness(0.2, 0.05, Exponential.of(0.3)))
                .withOpenLaw("i", "d", OpenLaw.of(LawFamily.WEIBULL, LawFamily.EXPONENTIAL));
        CalibrationResult result = RateCalibration.of(open)
                .withTarget(ModelQuantity.occupancy("i", 3), truth.probability("i", 3))
                .withTarget(ModelQuantity.occupancy("i", 9), truth.probability("i", 9))
                .calibrate();
        CalibratedModel weibull = result.model(LawFamily.WEIBULL);
        assertThat(weibull.parameters().get("i/d/shape")).isCloseTo(1.5, within(1e-6));
        assertThat(weibull.parameters().get("i/d/scale")).isCloseTo(4, within(1e-6));
        assertThat(result.model(LawFamily.EXPONENTIAL).status()).isEqualTo(FitStatus.CONTRADICTORY);
        assertThat(weibull.model().state("d").alive()).isFalse();
    }
}
