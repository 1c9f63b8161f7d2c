package io.engraft.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engraft.cli.Run.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalibrateTest {

    private static final String[] RATES = {
        "calibrate", "--remission", "0.50", "--relapse", "0.35", "--relapse-by", "12:0.84"
    };

    private static Run calibrate(String... more) {
        String[] args = java.util.Arrays.copyOf(RATES, RATES.length + more.length);
        System.arraycopy(more, 0, args, RATES.length, more.length);
        return Run.of(args);
    }

    @Test
    void precisionOfARateStandsForPatients() {
        Run error = calibrate("--relapse-se", "0.0477", "--at", "12", "--format", "json");
        Run patients = calibrate("--n", "100", "--at", "12", "--format", "json");
        assertThat(error.json().number("models/0/points/0/lower/relapse"))
                .isCloseTo(patients.json().number("models/0/points/0/lower/relapse"), within(0.005));
        assertThat(patients.json().text("conventions/uncertainty"))
                .contains("100 patients and of the times of events", "weibull, lognormal and loglogistic");
        Run known = calibrate("--n", "100", "--times-known", "--at", "12", "--format", "json");
        assertThat(known.json().text("conventions/uncertainty")).endsWith("times of events taken as known");
        assertThat(known.json().number("models/0/points/0/lower/relapse"))
                .isGreaterThan(patients.json().number("models/0/points/0/lower/relapse"));
        assertThat(calibrate("--times-known").err()).contains("--times-known means nothing without --n");
        assertThat(calibrate("--relapse-interval", "0.4:0.5").err())
                .contains("interval of relapse is 0.4 to 0.5; allowed: limits that hold the rate 0.35");
    }

    @Test
    void assumptionsCanBeGiven() {
        Run run = Run.of("calibrate", "--assume", "A1=0.9", "--at", "12", "--format", "json");
        // F2 = 0.35 of whom 0.9 by month 12.
        assertThat(run.json().number("models/0/points/0/relapse")).isCloseTo(0.315, within(1e-12));
        assertThat(calibrate("--assume", "A1=0.9").err()).contains("a figure is given in its place");
        assertThat(calibrate("--assume", "A3=0.9").err()).contains("one of [F1, F2, T1, A1, A2a, A2b]");
    }

    @Test
    void meetsThePublishedRates() {
        Json json = calibrate("--format", "json").json();

        assertThat(json.number("models/0/points/1/time")).isEqualTo(12);
        assertThat(json.number("models/0/points/1/relapse")).isEqualTo(0.294, within(1e-12));
        assertThat(json.text("models/0/fates/0/fate")).isEqualTo("remission");
        assertThat(json.number("models/0/fates/0/probability")).isEqualTo(0.50);
        assertThat(json.number("models/0/fates/1/probability")).isEqualTo(0.35);
        assertThat(json.number("models/0/fates/2/probability")).isEqualTo(0.15);

        Json late = calibrate("--at", "100000", "--format", "json").json();
        assertThat(late.number("models/0/points/0/survival")).isEqualTo(0.50, within(1e-9));
        assertThat(late.number("models/0/points/0/relapse")).isEqualTo(0.35, within(1e-9));
        assertThat(late.number("models/0/points/0/nrm")).isEqualTo(0.15, within(1e-9));
    }

    @Test
    void writesTheDocumentOfTheContract() {
        Json json = calibrate("--n", "100", "--format", "json").json();

        assertThat(json.keys("")).containsExactly("command", "engraft", "conventions", "data", "models", "warnings");
        assertThat(json.keys("models/0"))
                .containsExactly("family", "fates", "points", "assumptions", "evidence", "questions");
        assertThat(json.keys("models/0/fates/1")).containsExactly("fate", "probability", "lower", "upper", "law");
        assertThat(json.keys("models/0/fates/1/law")).containsExactly("name", "parameters");
        assertThat(json.keys("models/0/fates/1/law/parameters")).containsExactly("shape", "scale");
        assertThat(json.keys("models/0/points/0"))
                .containsExactly("time", "survival", "relapse", "nrm", "lower", "upper");
        assertThat(json.keys("models/0/points/0/lower")).containsExactly("survival", "relapse", "nrm");
        assertThat(json.keys("models/0/assumptions/0")).startsWith("id", "text", "value");
        assertThat(json.at("models/0/fates/0/law").value()).isNull();
        assertThat(List.of(
                        json.number("models/0/points/1/lower/relapse"), json.number("models/0/points/1/upper/relapse")))
                .satisfies(limits -> assertThat(limits.get(0)).isLessThan(0.294))
                .satisfies(limits -> assertThat(limits.get(1)).isGreaterThan(0.294));
        double[] times = {6, 12, 24, 60};
        for (int i = 0; i < times.length; i++) {
            assertThat(json.number("models/0/points/" + i + "/time")).isEqualTo(times[i]);
        }
    }

    @Test
    void hasNoIntervalsWithoutPatients() {
        Json json = calibrate("--format", "json").json();

        assertThat(json.at("models/0/fates/0/lower").value()).isNull();
        assertThat(json.at("models/0/points/0/upper/nrm").value()).isNull();
        assertThat(calibrate().out())
                .contains("No number of patients, standard error or interval was given")
                .doesNotContain("95 % interval");
    }

    @Test
    void namesTheAssumptionsThatStandIn() {
        Run text = calibrate();
        Json json = calibrate("--format", "json").json();

        assertThat(text.out())
                .contains("JMML assumption A2a", "Nothing read fixes it", "0.2940", "weibull")
                .contains("event-free", "death without relapse")
                .doesNotContain("nrm")
                .contains("published figures behind the assumptions: E30");
        assertThat(json.text("models/0/assumptions/0/id")).isEqualTo("T1");
        assertThat(json.text("models/0/evidence/0")).isEqualTo("E30");
    }

    @Test
    void showsFamiliesSideBySide() {
        Json json = calibrate("--family", "all", "--format", "json").json();

        assertThat(json.size("models")).isGreaterThanOrEqualTo(4);
        for (int i = 0; i < 4; i++) {
            assertThat(json.number("models/" + i + "/points/1/relapse")).isEqualTo(0.294, within(1e-9));
        }
        assertThat(calibrate("--family", "lognormal", "--format", "csv").out())
                .startsWith("family,curve,time,probability,std_error,lower,upper\nlognormal,survival,6,");
    }

    @Test
    void takesEveryTimingTarget() {
        Json json = Run.of(
                        "calibrate",
                        "--relapse-median",
                        "0.25",
                        "--nrm-by",
                        "1:0.9",
                        "--nrm-median",
                        "0.5",
                        "--unit",
                        "years",
                        "--level",
                        "0.9",
                        "--n",
                        "50",
                        "--format",
                        "json")
                .json();

        assertThat(json.text("conventions/unit")).isEqualTo("years");
        assertThat(json.number("conventions/level")).isEqualTo(0.9);
        assertThat(json.number("models/0/points/1/time")).isEqualTo(1);
        assertThat(json.number("models/0/points/1/nrm")).isEqualTo(0.15 * 0.9, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--remission 0.7 --relapse 0.4 | remission 0.7 and relapse 0.4 sum to 1.1",
                "--remission 1.2               | remission is 1.2",
                "--remission NaN               | 'NaN' is no number",
                "--relapse-by 12               | '12' is no time and probability; allowed: TIME:PROBABILITY",
                "--relapse-by 12:1             | share of relapse-by is 1.0",
                "--relapse-by -1:0.5           | time of relapse-by is -1.0",
                "--n 0                         | n is 0",
                "--family normal               | family is normal; allowed: exponential, weibull",
                "--relapse-median 20           | contradict each other",
                "--remaining -1                | time -1 is negative",
                "--remaining six               | 'six' is no number",
                "--explain 0                   | time is 0",
                "--explain NaN                 | 'NaN' is no number",
                "--relapses 31                 | --relapses means nothing without --relapse-range",
                "--rank-of 30                  | --rank-of means nothing without --relapse-range",
                "--relapse-range 1:30 --relapses 31 | --relapse-range needs --relapse-median and --relapses beside it",
                "--relapse-range 1:30 --relapse-median 3 | --relapse-range needs --relapse-median and --relapses",
                "--relapse-range 30 --relapse-median 3 --relapses 31 | '30' is no range; allowed: SMALLEST:LARGEST",
                "--relapse-range 1:NaN --relapse-median 3 --relapses 31 | 'NaN' is no number",
                "--relapse-range 1:30 --relapse-median 30 --relapses 31 | the median is 30.0 and the range 1.0 to 30.0",
                "--relapse-range 4:30 --relapse-median 3 --relapses 31 | allowed: smallest < median < largest",
                "--relapse-range 30:1 --relapse-median 3 --relapses 31 | allowed: smallest < median < largest",
                "--relapse-range 0:30 --relapse-median 3 --relapses 31 | smallest time is 0.0",
                "--relapse-range -1:30 --relapse-median 3 --relapses 31 | smallest time is -1.0",
                "--relapse-range 1:30 --relapse-median 0 --relapses 31 | median is 0.0",
                "--relapse-range 1:30 --relapse-median 3 --relapses 2 | n is 2",
                "--relapse-range 1:30 --relapse-median 3 --relapses 31 --rank-of 2 | rank of is 2"
            })
    void refusesRatesThatCannotBe(String options, String message) {
        String[] given = options.strip().split(" ");
        String[] args = new String[given.length + 1];
        args[0] = "calibrate";
        System.arraycopy(given, 0, args, 1, given.length);
        Run run = Run.of(args);

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(message);
    }

    @Test
    void refusesALevelWithoutIntervals() {
        Run run = Run.of("calibrate", "--level", "0.9");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("--level means nothing without --n");
    }
}
