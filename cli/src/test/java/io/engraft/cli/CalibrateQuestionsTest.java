package io.engraft.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engraft.cli.Run.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalibrateQuestionsTest {

    private static final String RANGE =
            "--relapse-median 80 --relapse-range 15:1096 --relapses 31 --rank-of 30 --unit days";

    private static Run calibrate(String options) {
        List<String> args = new ArrayList<>(List.of("calibrate", "--remission", "0.50", "--relapse", "0.35"));
        args.addAll(Arrays.asList(options.strip().split(" ")));
        return Run.of(args.toArray(new String[0]));
    }

    private static Json json(String options) {
        return calibrate(options + " --format json").json();
    }

    @Test
    void answersWhatLiesAhead() {
        Json asked = json("--relapse-by 12:0.84").at("models/0/questions");

        assertThat(asked.keys("")).containsExactly("shareBefore", "timeTo95", "remaining");
        assertThat(asked.keys("shareBefore")).containsExactly("time", "relapse", "nrm");
        assertThat(asked.keys("remaining/0")).containsExactly("after", "relapse", "nrm", "eventFree");
        assertThat(asked.keys("remaining/0/relapse")).containsExactly("estimate", "lower", "upper");
        assertThat(asked.number("shareBefore/time")).isEqualTo(12);
        assertThat(asked.number("shareBefore/relapse/estimate")).isEqualTo(0.84, within(1e-12));
        assertThat(asked.number("shareBefore/nrm/estimate")).isEqualTo(0.85, within(1e-12));
        assertThat(asked.size("remaining")).isEqualTo(3);
        assertThat(asked.number("remaining/0/after")).isEqualTo(6);
        assertThat(asked.number("remaining/1/after")).isEqualTo(12);
        assertThat(asked.number("remaining/2/after")).isEqualTo(24);
        // 0.35 - 0.294 of all relapse and 0.15 - 0.1275 die later, of the 0.5785 to whom nothing has happened.
        assertThat(asked.number("remaining/1/relapse/estimate")).isEqualTo(0.056 / 0.5785, within(1e-12));
        assertThat(asked.number("remaining/1/nrm/estimate")).isEqualTo(0.0225 / 0.5785, within(1e-12));
        assertThat(asked.number("remaining/1/eventFree/estimate")).isEqualTo(0.5 / 0.5785, within(1e-12));
        assertThat(asked.at("remaining/1/relapse/lower").value()).isNull();
    }

    @Test
    void tellsByWhenNearlyAllHaveHappened() {
        Json model = json("--relapse-by 12:0.84").at("models/0");

        for (int fate = 1; fate <= 2; fate++) {
            String law = "fates/" + fate + "/law/parameters/";
            double expected = model.number(law + "scale") * Math.pow(Math.log(20), 1 / model.number(law + "shape"));
            String event = model.text("fates/" + fate + "/fate");
            assertThat(model.number("questions/timeTo95/" + event + "/estimate"))
                    .isEqualTo(expected, within(1e-9));
        }
    }

    @Test
    void givesIntervalsWithPatients() {
        Json after = json("--relapse-by 12:0.84 --n 100").at("models/0/questions/remaining/1/relapse");
        Json wider = json("--relapse-by 12:0.84 --n 100 --level 0.99").at("models/0/questions/remaining/1/relapse");

        assertThat(after.number("lower")).isBetween(0.02, 0.05);
        assertThat(after.number("upper")).isBetween(0.15, 0.25);
        assertThat(wider.number("lower")).isLessThan(after.number("lower"));
        assertThat(wider.number("upper")).isGreaterThan(after.number("upper"));
    }

    @Test
    void asksInTheUnitAndAtTheTimesGiven() {
        Json years = json("--relapse-by 1:0.84 --unit years --family all");
        Json chosen = json("--relapse-by 12:0.84 --remaining 0,12");

        // The four families that two timing targets fix; the exponential meets one.
        for (int m = 0; m < 4; m++) {
            Json asked = years.at("models/" + m + "/questions");
            assertThat(asked.number("shareBefore/time")).isEqualTo(1);
            assertThat(asked.number("remaining/0/after")).isEqualTo(0.5);
            assertThat(asked.number("remaining/1/relapse/estimate")).isEqualTo(0.056 / 0.5785, within(1e-12));
        }
        assertThat(chosen.size("models/0/questions/remaining")).isEqualTo(2);
        assertThat(chosen.number("models/0/questions/remaining/0/relapse/estimate"))
                .isEqualTo(0.35);
        assertThat(chosen.number("models/0/questions/remaining/0/eventFree/estimate"))
                .isEqualTo(0.5);
    }

    @Test
    void saysNullOfWhatNeverHappens() {
        Json asked = Run.of("calibrate", "--remission", "0.9", "--relapse", "0", "--format", "json")
                .json()
                .at("models/0/questions");

        assertThat(asked.at("shareBefore/relapse/estimate").value()).isNull();
        assertThat(asked.at("timeTo95/relapse/estimate").value()).isNull();
        assertThat(asked.number("remaining/1/relapse/estimate")).isZero();
        assertThat(Run.of("calibrate", "--remission", "0.9", "--relapse", "0").out())
                .contains("There are no relapses.", "Of all deaths without relapse 85.0 % come before month 12");
    }

    @Test
    void saysItInWords() {
        Run text = calibrate("--relapse-by 12:0.84 --n 100");

        assertThat(text.out())
                .contains("What lies ahead of someone without relapse and alive at a time")
                .containsPattern(
                        "Of all relapses 84\\.0 % \\(\\d\\d\\.\\d to \\d\\d\\.\\d %\\) come before month 12, 95 % by month 25\\.9 \\(\\d+\\.\\d to \\d+")
                .containsPattern("12 +9\\.7 % +\\d\\.\\d to \\d\\d\\.\\d %");
    }

    /** The published figures of 31 relapses, one of two methods a row. */
    @ParameterizedTest
    @CsvSource({
        "median-rank,      0.647, 141.0, 0.843, 25.2",
        "range-likelihood, 0.797, 126.7, 0.902, 16.5",
        "order-statistics, 0.897, 166.9, 0.867, 18.6"
    })
    void makesLawsOfMedianAndRange(String method, double shape, double scale, double byYear, double months) {
        Json timing = json(RANGE).at("timing");
        Json fit = fit(timing, method, "weibull");

        assertThat(fit.keys(""))
                .containsExactly(
                        "method",
                        "family",
                        "parameters",
                        "shareBy12Months",
                        "timeTo95",
                        "timeTo95Months",
                        "logLikelihood");
        assertThat(fit.number("parameters/shape")).isEqualTo(shape, within(0.0005));
        assertThat(fit.number("parameters/scale")).isEqualTo(scale, within(0.07));
        assertThat(fit.number("shareBy12Months")).isEqualTo(byYear, within(0.0005));
        assertThat(fit.number("timeTo95Months")).isEqualTo(months, within(0.05));
        assertThat(fit.number("timeTo95")).isEqualTo(30.4375 * fit.number("timeTo95Months"), within(1e-9));
        assertThat(fit.at("logLikelihood").value() == null).isEqualTo(method.equals("median-rank"));
    }

    private static Json fit(Json timing, String method, String family) {
        for (int i = 0; i < timing.size("fits"); i++) {
            Json fit = timing.at("fits/" + i);
            if (fit.text("method").equals(method) && fit.text("family").equals(family)) {
                return fit;
            }
        }
        throw new AssertionError(method + " " + family);
    }

    @Test
    void showsEveryMethodAndFamilyOrSaysWhyNot() {
        Json json = json(RANGE);
        Json timing = json.at("timing");

        assertThat(timing.keys(""))
                .containsExactly("event", "events", "rankOf", "median", "smallest", "largest", "fits", "leftOut");
        assertThat(timing.number("events")).isEqualTo(31);
        assertThat(timing.number("rankOf")).isEqualTo(30);
        // 3 methods and 7 families.
        assertThat(timing.size("fits") + timing.size("leftOut")).isEqualTo(21);
        assertThat(timing.keys("leftOut/0")).containsExactly("method", "family", "reason");
        assertThat(timing.text("leftOut/0/method")).isEqualTo("median-rank");
        assertThat(timing.text("leftOut/0/family")).isEqualTo("exponential");
        assertThat(timing.text("leftOut/0/reason")).startsWith("one parameter cannot meet both");
        assertThat(json.text("warnings"))
                .contains("No method here allows for limited follow-up")
                .contains("not the range: to use what a method makes of the range, give its share by 12 months as"
                        + " --relapse-by 365.25:SHARE");
        // The models keep the rule of median and assumption: 84 % by 12 months.
        assertThat(json.number("models/0/questions/shareBefore/relapse/estimate"))
                .isEqualTo(0.84, within(1e-9));
        assertThat(json(RANGE.replace("--rank-of 30 ", "")).number("timing/rankOf"))
                .isEqualTo(31);
    }

    @Test
    void writesTimingAsTextAndRows() {
        assertThat(calibrate(RANGE).out())
                .contains(
                        "Times of 31 relapses from their median 80 and range 15 to 1096 days, the largest ranked as one of"
                                + " 30\n")
                .containsPattern("median-rank +weibull +shape 0\\.6472, scale 140\\.9\\d+ +84\\.3 %")
                .contains("left out: range-likelihood, gompertz: ")
                .contains("Warning: No method here allows for limited follow-up");
        String rows = calibrate(RANGE + " --format csv").out();
        assertThat(rows).contains("weibull,\"share-of-relapse, median-rank\",365.25,0.843");
        assertThat(rows).containsPattern("weibull,relapse-after,365.25,0.0968");
    }

    @Test
    void takesSurvivalApart() {
        Json json = json("--relapse-by 12:0.84 --explain 60");
        Json parts = json.at("survivalParts");

        assertThat(parts.keys(""))
                .containsExactly(
                        "months", "eventFree", "overall", "difference", "afterRelapse", "published", "explanation");
        assertThat(parts.number("eventFree/estimate")).isEqualTo(0.502, within(0.0005));
        assertThat(parts.number("overall/estimate")).isEqualTo(0.610, within(0.0005));
        assertThat(parts.number("overall/estimate"))
                .isBetween(parts.number("overall/lower"), parts.number("overall/upper"));
        double sum = 0;
        for (int i = 0; i < parts.size("afterRelapse"); i++) {
            sum += parts.number("afterRelapse/" + i + "/estimate");
        }
        assertThat(parts.number("difference/estimate")).isEqualTo(sum, within(1e-9));
        assertThat(parts.number("overall/estimate")).isEqualTo(parts.number("eventFree/estimate") + sum, within(1e-9));
        assertThat(parts.text("explanation")).contains("50.2 % alive without any event", "61.0 % alive in all", "64 %");
        assertThat(parts.keys("published/0"))
                .containsExactly(
                        "evidence", "endpoint", "months", "probability", "lower", "upper", "patients", "citation");
        assertThat(json.text("warnings")).contains("pathway 'transplant' with remission 0.5 and relapse 0.35");
    }

    @Test
    void takesTheGivenSharesApart() {
        Json years = json("--relapse-by 1:0.84 --unit years --explain 5");
        Json better = Run.of(
                        "calibrate", "--remission", "0.7", "--relapse", "0.3", "--explain", "60", "--format", "json")
                .json();

        assertThat(years.number("survivalParts/months")).isEqualTo(60);
        assertThat(years.number("survivalParts/eventFree/estimate")).isEqualTo(0.502, within(0.0005));
        // 0.7 and the relapses still to come; the same half survives of those whose transplant was the second.
        assertThat(better.number("survivalParts/eventFree/estimate")).isBetween(0.7, 0.703);
        assertThat(better.number("survivalParts/difference/estimate"))
                .isEqualTo(years.number("survivalParts/difference/estimate") * 0.3 / 0.35, within(1e-6));
        assertThat(calibrate("--explain 60").out())
                .contains("Event-free and overall survival at month 60")
                .containsPattern("alive without any event \\(event-free survival\\) +50\\.2 %")
                .containsPattern("= alive \\(overall survival\\) +61\\.0 %")
                .containsPattern("E17 +OS .* 60 +64\\.0 % +129");
        assertThat(calibrate("--explain 60 --format csv").out())
                .containsPattern("pathway transplant,overall,60,0\\.61");
    }

    @Test
    void describesTheOptions() {
        assertThat(Run.of("calibrate", "--help").out())
                .contains("--remaining=T,T,...", "--relapse-range=T:T", "--explain=T")
                .contains("Why one page says 50 % and another 64 %:");
    }
}
