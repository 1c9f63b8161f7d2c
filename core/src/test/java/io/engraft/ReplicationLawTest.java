package io.engraft;

import static org.assertj.core.api.Assertions.assertThat;

import io.engraft.data.Categories;
import io.engraft.data.CensoredData;
import io.engraft.data.MultiStateData;
import io.engraft.data.SurvivalData;
import io.engraft.data.Tabular;
import io.engraft.data.TidyTable;
import io.engraft.data.TidyTable.ColumnType;
import io.engraft.data.WeightType;
import io.engraft.estimate.AalenJohansen;
import io.engraft.estimate.IncidenceEstimate;
import io.engraft.estimate.KaplanMeier;
import io.engraft.estimate.NelsonAalen;
import io.engraft.estimate.ReverseKaplanMeier;
import io.engraft.estimate.SurvivalEstimate;
import io.engraft.estimate.hazard.LifeTable;
import io.engraft.estimate.hazard.SmoothedHazard;
import io.engraft.estimate.interval.Turnbull;
import io.engraft.estimate.resample.Bootstrap;
import io.engraft.estimate.resample.BootstrapStatistic;
import io.engraft.estimate.states.OccupancyEstimate;
import io.engraft.estimate.states.OccupancyVariance;
import io.engraft.estimate.states.StateOccupancy;
import io.engraft.inference.FixedTimeTest;
import io.engraft.inference.GrayTest;
import io.engraft.inference.LogRankTest;
import io.engraft.inference.RankWeight;
import io.engraft.inference.RestrictedMeanTest;
import io.engraft.multistate.fit.ParametricMultiState;
import io.engraft.regression.AftDistribution;
import io.engraft.regression.AftModel;
import io.engraft.regression.LikelihoodFit;
import io.engraft.regression.ParametricFamily;
import io.engraft.regression.ParametricModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The law of frequency weights: a row of weight w is w rows. For 1,000 data sets and every procedure that takes weights, with
 * ids, clusters, robust variances, strata and delayed entry, alone and together, the weighted data give the numbers of the
 * repeated rows to 1e-12. Patients alike have ids of their own; rows of a cluster stay in it.
 */
class ReplicationLawTest {

    private static final int SETS = 1000;
    private static final double TOLERANCE = 1e-12;

    /** What a data set has beside times, statuses, groups and weights. */
    private enum With {
        ID,
        SEVERAL_ROWS,
        CLUSTER,
        ROBUST,
        STRATA,
        ENTRY
    }

    /** A small data set, drawn from a seed. */
    private static final class Drawn {
        private final Set<With> with;
        private final List<double[]> rows = new ArrayList<>();

        /** Columns of a row. */
        private static final int ENTRY = 0;

        private static final int TIME = 1;
        private static final int STATUS = 2;
        private static final int WEIGHT = 3;
        private static final int GROUP = 4;
        private static final int STRATUM = 5;
        private static final int CLUSTER = 6;
        private static final int AGE = 7;
        private static final int PATIENT = 8;

        Drawn(long seed, Set<With> with) {
            this.with = with;
            SplittableRandom random = new SplittableRandom(seed);
            int n = 12 + random.nextInt(8);
            boolean days = random.nextBoolean();
            for (int i = 0; i < n; i++) {
                double time = 1 + -Math.log1p(-random.nextDouble()) * 12;
                time = days ? Math.ceil(time) : time;
                double entry = with.contains(With.ENTRY) && random.nextBoolean() ? time * random.nextDouble() * 0.9 : 0;
                double status = i < 4 ? 1 + i % 2 : random.nextInt(3);
                double[] row = {
                    entry,
                    time,
                    status,
                    1 + random.nextInt(3),
                    i % 2,
                    (i / 2) % 2,
                    random.nextInt(5),
                    random.nextDouble() * 18,
                    i
                };
                if (with.contains(With.SEVERAL_ROWS) && i % 3 == 0) {
                    double[] first = row.clone();
                    first[TIME] = entry + (time - entry) / 2;
                    first[STATUS] = 0;
                    row[ENTRY] = first[TIME];
                    rows.add(first);
                }
                rows.add(row);
            }
        }

        /** Row numbers with the number of the copy, each row once or as often as its weight says. */
        private List<int[]> places(boolean repeated) {
            List<int[]> places = new ArrayList<>();
            for (int i = 0; i < rows.size(); i++) {
                for (int copy = 0; copy < (repeated ? rows.get(i)[WEIGHT] : 1); copy++) {
                    places.add(new int[] {i, copy});
                }
            }
            return places;
        }

        private double[] column(List<int[]> places, int column) {
            return places.stream().mapToDouble(p -> rows.get(p[0])[column]).toArray();
        }

        private Categories levels(List<int[]> places, int column, String prefix) {
            return Categories.of(places.stream()
                    .map(p -> prefix + (int) rows.get(p[0])[column])
                    .toList());
        }

        private Categories ids(List<int[]> places) {
            return Categories.of(places.stream()
                    .map(p -> (int) rows.get(p[0])[PATIENT] + "#" + p[1])
                    .toList());
        }

        private boolean hasEntry() {
            return with.contains(With.ENTRY) || with.contains(With.SEVERAL_ROWS);
        }

        SurvivalData data(boolean repeated) {
            List<int[]> places = places(repeated);
            int[] status =
                    Arrays.stream(column(places, STATUS)).mapToInt(s -> (int) s).toArray();
            SurvivalData.Builder builder = SurvivalData.builder(column(places, TIME), status)
                    .causes(List.of("relapse", "death"))
                    .group(levels(places, GROUP, "g"))
                    .covariate("age", column(places, AGE));
            if (hasEntry()) {
                builder.entry(column(places, ENTRY));
            }
            if (!repeated) {
                builder.weights(column(places, WEIGHT), WeightType.FREQUENCY);
            }
            if (with.contains(With.ID) || with.contains(With.SEVERAL_ROWS)) {
                builder.id(ids(places));
            }
            if (with.contains(With.CLUSTER)) {
                builder.cluster(levels(places, CLUSTER, "centre "));
            }
            if (with.contains(With.STRATA)) {
                builder.strata(levels(places, STRATUM, "s"));
            }
            return builder.build();
        }

        /** Ill until an event, then dead or relapsed; a relapse of a patient with an even number dies a month later. */
        MultiStateData states(boolean repeated) {
            List<int[]> places = new ArrayList<>();
            List<String> from = new ArrayList<>();
            List<String> to = new ArrayList<>();
            List<Double> entry = new ArrayList<>();
            List<Double> time = new ArrayList<>();
            for (int[] p : places(repeated)) {
                double[] row = rows.get(p[0]);
                String target = row[STATUS] == 0 ? "censored" : row[STATUS] == 1 ? "relapsed" : "dead";
                add(places, p, from, "ill", to, target);
                entry.add(row[ENTRY]);
                time.add(row[TIME]);
                if (row[STATUS] == 1 && row[PATIENT] % 2 == 0) {
                    add(places, p, from, "relapsed", to, "dead");
                    entry.add(row[TIME]);
                    time.add(row[TIME] + 1 + row[AGE] / 10);
                }
            }
            MultiStateData.Builder builder = MultiStateData.builder(array(time), Categories.of(from), Categories.of(to))
                    .entry(array(entry))
                    .id(ids(places))
                    .states(List.of("ill", "relapsed", "dead"));
            if (!repeated) {
                builder.weights(column(places, WEIGHT), WeightType.FREQUENCY);
            }
            if (with.contains(With.CLUSTER)) {
                builder.cluster(levels(places, CLUSTER, "centre "));
            }
            return builder.build();
        }

        private static void add(
                List<int[]> places, int[] place, List<String> from, String origin, List<String> to, String target) {
            places.add(place);
            from.add(origin);
            to.add(target);
        }

        private static double[] array(List<Double> values) {
            return values.stream().mapToDouble(v -> v).toArray();
        }

        /** The times as known within a month. */
        CensoredData intervals(boolean repeated) {
            SurvivalData data = data(repeated);
            int n = data.size();
            double[] left = IntStream.range(0, n)
                    .mapToDouble(i -> data.status(i) == 0 ? data.time(i) : Math.max(0, Math.floor(data.time(i)) - 1))
                    .toArray();
            double[] right = IntStream.range(0, n)
                    .mapToDouble(i ->
                            data.status(i) == 0 ? Double.POSITIVE_INFINITY : Math.floor(data.time(i)) + data.status(i))
                    .toArray();
            return CensoredData.of(left, right, b -> {
                data.id().ifPresent(id -> b.id(id).recurrent());
                data.cluster().ifPresent(b::cluster);
                data.strata().ifPresent(b::strata);
                b.covariate("age", data.numericCovariate("age"));
                data.weightType()
                        .ifPresent(type -> b.weights(
                                IntStream.range(0, n).mapToDouble(data::weight).toArray(), type));
                return b;
            });
        }
    }

    private final Map<String, Integer> compared = new ConcurrentHashMap<>();

    /** Whether a procedure has given numbers with one of the columns or options alone. */
    private final Map<String, Boolean> alone = new ConcurrentHashMap<>();

    /** What never gives numbers: procedures that say that they do not know what to do with such rows. */
    private static final Set<String> REFUSED = Set.of(
            "FixedTimeTest of relapse with [STRATA]",
            "FixedTimeTest with [STRATA]",
            "GrayTest with [CLUSTER]",
            "GrayTest with [ENTRY]",
            "GrayTest with [SEVERAL_ROWS]",
            "LifeTable with [CLUSTER]",
            "LifeTable with [ENTRY]",
            "LifeTable with [SEVERAL_ROWS]",
            "RestrictedMeanTest with [STRATA]",
            "SmoothedHazard with [CLUSTER]",
            "SmoothedHazard with [SEVERAL_ROWS]");

    @Test
    void aFrequencyWeightIsRepeatedRows() {
        IntStream.range(0, SETS).parallel().forEach(seed -> {
            check(seed, EnumSet.noneOf(With.class));
            for (With one : With.values()) {
                check(seed, EnumSet.of(one));
            }
            check(seed, some(seed));
        });
        // Each procedure must have given numbers, and not only refused.
        assertThat(compared)
                .hasSizeGreaterThanOrEqualTo(20)
                .allSatisfy(
                        (procedure, count) -> assertThat(count).as(procedure).isGreaterThan(SETS / 2));
        assertThat(alone.keySet().stream().filter(key -> !Boolean.TRUE.equals(alone.get(key))))
                .containsExactlyInAnyOrderElementsOf(REFUSED);
    }

    private static Set<With> some(int seed) {
        SplittableRandom random = new SplittableRandom(-1L - seed);
        Set<With> with = EnumSet.noneOf(With.class);
        for (With one : With.values()) {
            if (random.nextBoolean()) {
                with.add(one);
            }
        }
        return with;
    }

    private void check(int seed, Set<With> with) {
        Drawn drawn = new Drawn(seed, with);
        SurvivalData weighted = drawn.data(false);
        SurvivalData repeated = drawn.data(true);
        procedures(with.contains(With.ROBUST), with.contains(With.STRATA))
                .forEach((name, procedure) ->
                        compare(name, seed, with, outcome(procedure, weighted), outcome(procedure, repeated)));
        states(with.contains(With.ROBUST))
                .forEach((name, procedure) -> compare(
                        name,
                        seed,
                        with,
                        outcome(procedure, drawn.states(false)),
                        outcome(procedure, drawn.states(true))));
        Function<CensoredData, List<Object>> intervals = data -> fit(
                with.contains(With.ROBUST)
                        ? AftModel.of(AftDistribution.WEIBULL)
                                .withCovariates("age")
                                .withRobustVariance()
                                .fit(data)
                        : AftModel.of(AftDistribution.WEIBULL)
                                .withCovariates("age")
                                .fit(data));
        compare(
                "AftModel, intervals",
                seed,
                with,
                outcome(intervals, drawn.intervals(false)),
                outcome(intervals, drawn.intervals(true)));
        if (with.isEmpty()) {
            compare(
                    "Turnbull",
                    seed,
                    with,
                    outcome(ReplicationLawTest::turnbull, drawn.intervals(false)),
                    outcome(ReplicationLawTest::turnbull, drawn.intervals(true)));
        }
    }

    private static List<Object> turnbull(CensoredData data) {
        int n = data.size();
        return cells(Turnbull.withDefaults()
                .fit(
                        IntStream.range(0, n).mapToDouble(data::left).toArray(),
                        IntStream.range(0, n).mapToDouble(data::right).toArray(),
                        IntStream.range(0, n)
                                .mapToDouble(data.columns()::weight)
                                .toArray()));
    }

    private static Map<String, Function<SurvivalData, List<Object>>> procedures(boolean robust, boolean strata) {
        Map<String, Function<SurvivalData, List<Object>>> all = new LinkedHashMap<>();
        KaplanMeier km = KaplanMeier.withDefaults();
        AalenJohansen aj = AalenJohansen.withDefaults();
        NelsonAalen na = NelsonAalen.withDefaults();
        ReverseKaplanMeier reverse = ReverseKaplanMeier.withDefaults();
        all.put(
                "KaplanMeier",
                data -> survival(
                        (robust ? km.withRobustVariance() : km).fit(data).asMap()));
        all.put(
                "AalenJohansen",
                data -> incidence(
                        (robust ? aj.withRobustVariance() : aj).fit(data).asMap()));
        all.put("NelsonAalen", data -> cells((robust ? na.withRobustVariance() : na).fit(data)));
        all.put(
                "ReverseKaplanMeier",
                data -> survival((robust ? reverse.withRobustVariance() : reverse)
                        .fit(data)
                        .asMap()));
        all.put("LifeTable", data -> cells(LifeTable.ofWidth(10, 20).fit(data)));
        all.put("SmoothedHazard", data -> cells(SmoothedHazard.forBandwidth(6).fit(data)));
        all.put(
                "Bootstrap",
                data -> cells(Bootstrap.withDefaults()
                        .withReplicates(20)
                        .withThreads(1)
                        .fit(data, BootstrapStatistic.survival(6))));
        for (RankWeight weight : List.of(RankWeight.LOG_RANK, RankWeight.PETO_PETO)) {
            LogRankTest test = LogRankTest.withDefaults().withWeight(weight);
            all.put("LogRankTest " + weight, data -> cells((robust ? test.withRobustVariance() : test).test(data)));
        }
        all.put("GrayTest", data -> cells(GrayTest.forCause(1).test(data)));
        RestrictedMeanTest means = RestrictedMeanTest.forHorizon(5);
        all.put("RestrictedMeanTest", data -> cells((robust ? means.withRobustVariance() : means).test(data)));
        FixedTimeTest fixed = FixedTimeTest.forTime(5);
        all.put("FixedTimeTest", data -> cells((robust ? fixed.withRobustVariance() : fixed).test(data)));
        FixedTimeTest relapse = FixedTimeTest.forTime(5).withCause(1);
        all.put(
                "FixedTimeTest of relapse",
                data -> cells((robust ? relapse.withRobustVariance() : relapse).test(data)));
        for (AftDistribution law : List.of(AftDistribution.WEIBULL, AftDistribution.LOG_NORMAL)) {
            AftModel free = AftModel.of(law).withCovariates("age");
            AftModel aft = strata ? free.withStrataOnScale() : free;
            all.put("AftModel " + law, data -> fit((robust ? aft.withRobustVariance() : aft).fit(data)));
        }
        ParametricModel gamma = ParametricModel.of(ParametricFamily.GAMMA).withCovariates("age");
        all.put("ParametricModel", data -> fit((robust ? gamma.withRobustVariance() : gamma).fit(data)));
        return all;
    }

    private static Map<String, Function<MultiStateData, List<Object>>> states(boolean robust) {
        Map<String, Function<MultiStateData, List<Object>>> all = new LinkedHashMap<>();
        StateOccupancy plain = StateOccupancy.withDefaults();
        all.put(
                "StateOccupancy",
                data -> occupancy((robust ? plain.withVariance(OccupancyVariance.ROBUST) : plain)
                        .fit(data)
                        .get("all")));
        ParametricMultiState model = ParametricMultiState.withDefaults().withFamily(ParametricFamily.EXPONENTIAL);
        all.put("ParametricMultiState", data -> cells((robust ? model.withRobustVariance() : model).fit(data)));
        return all;
    }

    private static List<Object> occupancy(OccupancyEstimate estimate) {
        List<Object> numbers = cells(estimate);
        estimate.states()
                .forEach(state ->
                        numbers.add(estimate.timeIn(state, 6).standardError().orElse(Double.NaN)));
        return numbers;
    }

    private static List<Object> survival(Map<String, SurvivalEstimate> curves) {
        List<Object> numbers = new ArrayList<>();
        curves.values().forEach(curve -> {
            numbers.addAll(cells(curve));
            numbers.add(curve.median().optional().orElse(Double.NaN));
            numbers.add(curve.restrictedMean(3).estimate());
            numbers.add(curve.restrictedMean(3).standardError().orElse(Double.NaN));
        });
        return numbers;
    }

    private static List<Object> incidence(Map<String, IncidenceEstimate> curves) {
        List<Object> numbers = new ArrayList<>();
        curves.values().forEach(curve -> {
            numbers.addAll(cells(curve));
            for (double[] row : curve.covariance(new double[] {2, 3})) {
                Arrays.stream(row).forEach(numbers::add);
            }
        });
        return numbers;
    }

    private static List<Object> fit(LikelihoodFit fit) {
        List<Object> numbers = cells(fit);
        numbers.add(fit.status().toString());
        numbers.add(fit.logLikelihood());
        for (double[] row : fit.covariance()) {
            Arrays.stream(row).forEach(numbers::add);
        }
        for (double[] row : fit.modelCovariance()) {
            Arrays.stream(row).forEach(numbers::add);
        }
        return numbers;
    }

    /** Texts and numbers of a table; its counts of rows differ, as rows were repeated. */
    private static List<Object> cells(Tabular result) {
        TidyTable table = result.tidy();
        List<Object> cells = new ArrayList<>();
        for (int j = 0; j < table.columns().size(); j++) {
            if (table.columns().get(j).type() != ColumnType.COUNT) {
                for (int i = 0; i < table.rowCount(); i++) {
                    cells.add(String.valueOf(table.value(i, j)));
                }
            }
        }
        return cells;
    }

    /** What a procedure gives, or how it refuses. */
    private static <T> List<Object> outcome(Function<T, List<Object>> procedure, T data) {
        try {
            return procedure.apply(data);
        } catch (EngraftException e) {
            return List.of(e.getClass());
        }
    }

    private void compare(String procedure, int seed, Set<With> with, List<Object> weighted, List<Object> repeated) {
        String where = procedure + ", seed " + seed + ", with " + with;
        assertThat(weighted).as(where).hasSameSizeAs(repeated);
        for (int k = 0; k < weighted.size(); k++) {
            if (!weighted.get(k).equals(repeated.get(k))) {
                double a = Double.parseDouble(String.valueOf(weighted.get(k)));
                double b = Double.parseDouble(String.valueOf(repeated.get(k)));
                double apart = Math.abs(a - b) / Math.max(1, Math.abs(b));
                assertThat(apart).as("%s, number %s: %s and %s", where, k, a, b).isLessThanOrEqualTo(TOLERANCE);
            }
        }
        boolean isNumbers = weighted.size() > 1;
        if (isNumbers) {
            compared.merge(procedure, 1, Integer::sum);
        }
        if (with.size() == 1) {
            alone.merge(procedure + " with " + with, isNumbers, Boolean::logicalOr);
        }
    }
}
