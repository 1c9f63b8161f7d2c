package io.engraft.data.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engraft.data.Categories;
import io.engraft.data.MultiStateCheck.Kind;
import io.engraft.data.SurvivalData;
import io.engraft.data.io.MissingValues;
import io.engraft.regression.CoxFit;
import io.engraft.regression.CoxModel;
import io.engraft.regression.CoxTies;
import io.engraft.testing.GoldenFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows beside those of R's tmerge and survSplit, row by row and cell by cell, and fits to them beside coxph. */
class RowsGoldenTest {

    private static final GoldenFile ROWS = RowsCases.file("rows");
    private static final Map<String, List<Integer>> BY_CASE = ROWS.rowsBy("case");
    private static final GoldenFile COUNTS = RowsCases.file("counts");
    private static final GoldenFile FITS = RowsCases.file("fits");

    private static List<Integer> cases(String name) {
        return Objects.requireNonNull(BY_CASE.get(name), name);
    }

    /** The rows of R, sorted as ours are: in the order of the patients, those of each by time. */
    private static void same(String name, SurvivalData data, String... covariates) {
        List<Integer> expected = cases(name);
        assertThat(data.size()).as(name).isEqualTo(expected.size());
        Categories id = data.id().orElseThrow();
        for (int i = 0; i < data.size(); i++) {
            int r = expected.get(i);
            String where = name + " row " + (i + 1);
            assertThat(id.value(i)).as(where).isEqualTo(ROWS.text(r, "id"));
            assertThat(data.entry(i)).as(where).isEqualTo(ROWS.number(r, "entry"));
            assertThat(data.time(i)).as(where).isEqualTo(ROWS.number(r, "time"));
            assertThat(data.status(i)).as(where).isEqualTo((int) ROWS.number(r, "status"));
        }
        for (int c = 0; c < covariates.length; c++) {
            String column = c == 0 ? "a" : "b";
            boolean numeric = data.hasNumericCovariate(covariates[c]);
            double[] values = numeric ? data.numericCovariate(covariates[c]) : new double[0];
            for (int i = 0; i < data.size(); i++) {
                int r = expected.get(i);
                if (numeric) {
                    assertThat(values[i])
                            .as(name + " " + covariates[c] + " row " + (i + 1))
                            .isCloseTo(ROWS.number(r, column), within(1e-13));
                } else {
                    assertThat(data.categoricalCovariate(covariates[c]).value(i))
                            .isEqualTo(ROWS.text(r, column));
                }
            }
        }
    }

    private static void counted(String name, String term, MergeCount count) {
        int r = IntStream.range(0, COUNTS.size())
                .filter(i -> COUNTS.text(i, "case").equals(name)
                        && COUNTS.text(i, "term").equals(term))
                .findFirst()
                .orElseThrow();
        Map<String, Long> ours = Map.of(
                "early", count.early(),
                "late", count.late(),
                "gap", count.gap(),
                "within", count.within(),
                "boundary", count.boundary(),
                "leading", count.leading(),
                "trailing", count.trailing(),
                "tied", count.tied(),
                "missid", count.missingId());
        ours.forEach((column, number) ->
                assertThat(number).as(name + " " + column).isEqualTo((long) COUNTS.number(r, column)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"value", "level", "lag", "clear", "initial", "sum", "count", "onset"})
    void covariates(String name) {
        TimedCovariate covariate = switch (name) {
            case "value" -> RowsCases.values();
            case "level" -> RowsCases.levels("v");
            case "lag" -> RowsCases.values().withLag(7);
            case "clear" -> RowsCases.values().withInitial(9).withMissingClears(true);
            case "initial" -> RowsCases.valuesAfter(5).withInitial(-1);
            case "sum" -> RowsCases.sums();
            case "count" -> RowsCases.counts();
            default -> RowsCases.onset("v");
        };
        RowsBuilder builder = RowsCases.rows().withCovariate(covariate);
        if (name.equals("clear")) {
            cleared(builder.withUnknown(MissingValues.DROP).build().data());
        } else {
            same(name, builder.build().data(), "v");
        }
        counted(
                name,
                "v",
                builder.withUnknown(MissingValues.DROP).build().counts().get(0));
    }

    /** Rows without a value are left out here, where R has NA. */
    private static void cleared(SurvivalData data) {
        List<String> expected = cases("clear").stream()
                .filter(r -> !ROWS.text(r, "a").isEmpty())
                .map(r -> ROWS.text(r, "id") + " (" + RowsCases.number(ROWS.number(r, "entry")) + ","
                        + RowsCases.number(ROWS.number(r, "time")) + "] " + ROWS.text(r, "status") + " "
                        + RowsCases.number(ROWS.number(r, "a")))
                .toList();
        assertThat(expected).hasSizeLessThan(cases("clear").size());
        assertThat(RowsCases.lines(data, "v")).isEqualTo(expected);
    }

    @Test
    void events() {
        BuiltRows rows = RowsCases.rows().withEvents(RowsCases.events()).build();
        same("event", rows.data());
        counted("event", "e", rows.counts().get(0));
        assertThat(rows.data().causes()).containsExactly("relapse", "death", "infection");
        SurvivalData numbered = RowsCases.rows()
                .withEvents(RowsCases.events().withNumber("nr"))
                .build()
                .data();
        same("number", numbered, "nr");
    }

    @Test
    void severalTablesAndSplits() {
        same(
                "both",
                RowsCases.rows()
                        .withCovariate(RowsCases.values())
                        .withCovariate(RowsCases.levels("w"))
                        .build()
                        .data(),
                "v",
                "w");
        RowsBuilder all = RowsCases.rows()
                .withCovariate(RowsCases.values())
                .withCovariate(RowsCases.onset("o"))
                .withEvents(RowsCases.events().withCount("k"));
        same("all", all.build().data(), "v", "k");
        same("split", all.withSplits(5, 10, 20, 40).withEpisode("ep").build().data(), "v", "ep");
    }

    @Test
    void gaps() {
        BuiltRows value = RowsBuilder.of(RowsCases.gaps())
                .withCovariate(RowsCases.values())
                .build();
        same("gap_value", value.data(), "v");
        counted("gap_value", "v", value.counts().get(0));
        BuiltRows onset = RowsBuilder.of(RowsCases.gaps())
                .withCovariate(RowsCases.onset("v"))
                .build();
        same("gap_onset", onset.data(), "v");
        counted("gap_onset", "v", onset.counts().get(0));
        BuiltRows event =
                RowsBuilder.of(RowsCases.gaps()).withEvents(RowsCases.events()).build();
        same("gap_event", event.data());
        counted("gap_event", "e", event.counts().get(0));
        checked("gap_value", value.check(), Map.of("relapse", "1", "death", "2"));
        checked("gap_event", event.check(), Map.of("relapse", "1", "death", "2"));
    }

    private static void checked(String name, RowsCheck check, Map<String, String> codes) {
        GoldenFile f = RowsCases.file("check");
        int r = f.texts("case").indexOf(name);
        assertThat(check.count(Kind.OVERLAP)).isEqualTo((int) f.number(r, "overlap"));
        assertThat(check.count(Kind.JUMP)).isEqualTo((int) f.number(r, "jump"));
        assertThat(check.count(Kind.TELEPORT)).isEqualTo((int) f.number(r, "teleport"));
        assertThat(check.rows(Kind.GAP))
                .isEqualTo(Arrays.stream(f.text(r, "gap_rows").split(";"))
                        .map(Long::valueOf)
                        .toList());
        assertThat(check.patients(Kind.GAP))
                .containsExactly(f.text(r, "gap_ids").split(";"));
        assertThat(check.transitions().entrySet().stream()
                        .map(e -> codes.getOrDefault(
                                        e.getKey().from(), e.getKey().from()) + ">"
                                + codes.getOrDefault(e.getKey().to(), e.getKey().to()) + ">" + e.getValue())
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(f.text(r, "transitions").split(";"));
        assertThat(check.findings()).hasSize(check.count(Kind.GAP));
    }

    private static void fitted(String name, CoxFit fit, double tolerance) {
        List<Integer> rows = Objects.requireNonNull(FITS.rowsBy("case").get(name));
        for (int j = 0; j < rows.size(); j++) {
            int r = rows.get(j);
            double estimate = FITS.number(r, "estimate");
            double error = FITS.number(r, "std_err");
            assertThat(fit.coefficients().get(j).value().estimate())
                    .as(name + " " + FITS.text(r, "name"))
                    .isCloseTo(estimate, within(tolerance * Math.abs(estimate)));
            assertThat(fit.coefficients().get(j).stdError().getAsDouble()).isCloseTo(error, within(1e-9 * error));
        }
        assertThat(fit.logLikelihood()).isCloseTo(FITS.number(rows.get(0), "loglik"), within(1e-8));
    }

    /** jasa with follow-up and transplant counted from some day on, half a day earlier where the transplant is at the end. */
    private static BuiltRows jasa(double day, double shortest) {
        GoldenFile f = RowsCases.file("data_jasa");
        double[] end = new double[f.size()];
        double[] transplant = new double[f.size()];
        for (int i = 0; i < end.length; i++) {
            double fu = f.number(i, "fu") + day;
            double tx = f.number(i, "tx") + day;
            end[i] = Math.max(shortest, fu);
            transplant[i] = tx == fu ? tx - 0.5 : tx;
        }
        Categories id = Categories.of(f.texts("id"));
        return RowsBuilder.of(SurvivalData.builder(end, f.integers("status"))
                        .id(id)
                        .covariate("age", f.numbers("age"))
                        .covariate("surgery", f.numbers("surgery"))
                        .build())
                .withCovariate(TimedCovariate.onset("transplant", id, transplant))
                .build();
    }

    /** N15: the heart data, which R ships as rows, from jasa; the coefficient is that of the reference numbers. */
    @Test
    void heart() {
        BuiltRows rows = jasa(1, 0);
        same("heart", rows.data(), "transplant");
        counted("heart", "transplant", rows.counts().get(0));
        CoxFit fit = CoxModel.withDefaults().withCovariates("transplant").fit(rows.data());
        fitted("heart", fit, 1e-10);
        assertThat(fit.coefficients().get(0).value().estimate()).isCloseTo(0.1271411266, within(1e-10));
        assertThat(fit.coefficients().get(0).stdError().getAsDouble()).isCloseTo(0.3011411043, within(1e-10));
    }

    @Test
    void jasaAsTheVignetteCutsIt() {
        BuiltRows rows = jasa(0, 0.5);
        same("jasa", rows.data(), "transplant");
        counted("jasa", "transplant", rows.counts().get(0));
        fitted(
                "jasa",
                CoxModel.withDefaults()
                        .withTies(CoxTies.BRESLOW)
                        .withCovariates("age", "transplant", "surgery")
                        .fit(rows.data()),
                1e-10);
    }

    private static double[] transformed(double[] values, DoubleUnaryOperator f) {
        return Arrays.stream(values).map(f).toArray();
    }

    @Test
    void pbc() {
        GoldenFile base = RowsCases.file("data_pbc");
        GoldenFile visits = RowsCases.file("data_pbcseq");
        RowsBuilder builder = RowsBuilder.of(SurvivalData.builder(base.numbers("time"), base.integers("status"))
                .causes(List.of("transplant", "death"))
                .id(Categories.of(base.texts("id")))
                .build());
        Categories id = Categories.of(visits.texts("id"));
        List<TimedCovariate> measured = new ArrayList<>();
        for (String name : List.of("ascites", "bili", "albumin", "protime", "alkphos")) {
            measured.add(TimedCovariate.values(name, id, visits.numbers("day"), visits.numbers(name)));
        }
        for (TimedCovariate covariate : measured) {
            builder = builder.withCovariate(covariate);
        }
        BuiltRows rows = builder.build();
        same("pbc", rows.data(), "bili", "protime");
        rows.counts().forEach(count -> counted("pbc", count.name(), count));
        fitted("pbc", logs(rows.data()), 1e-10);
        BuiltRows late = RowsBuilder.of(builder.baseline())
                .withCovariate(measured.get(1).withLag(14))
                .withCovariate(measured.get(3).withLag(14))
                .build();
        fitted("pbc_lag", logs(late.data()), 1e-10);
    }

    private static CoxFit logs(SurvivalData rows) {
        return CoxModel.withDefaults()
                .withCovariates("bili", "protime")
                .fit(rows.causeSpecific("death")
                        .withCovariate("bili", transformed(rows.numericCovariate("bili"), Math::log))
                        .withCovariate("protime", transformed(rows.numericCovariate("protime"), Math::log)));
    }

    private static SurvivalData veteran() {
        GoldenFile f = GoldenFile.read("/golden/cox/data_veteran.csv");
        return SurvivalData.builder(f.numbers("time"), f.integers("status"))
                .id(Categories.of(f.texts("id")))
                .covariate("karno", f.numbers("a"))
                .covariate("trt", f.numbers("s"))
                .build();
    }

    @Test
    void timesThatEffectsChangeAt() {
        SurvivalData rows = RowsBuilder.of(veteran())
                .withSplits(90, 180)
                .withEpisode("ep")
                .build()
                .data();
        same("veteran", rows, "karno", "ep");
        SurvivalData all =
                RowsBuilder.of(veteran()).withSplitsAtEvents().build().data();
        assertThat(all.size()).isEqualTo((int) FITS.number(FITS.texts("case").indexOf("veteran_rows"), "estimate"));
        double[] karno = all.numericCovariate("karno");
        double[] product = IntStream.range(0, karno.length)
                .mapToDouble(i -> karno[i] * Math.log(all.time(i)))
                .toArray();
        fitted(
                "veteran_time",
                CoxModel.withDefaults().withCovariates("karno", "product").fit(all.withCovariate("product", product)),
                1e-10);
    }

    @Test
    void effectsByEpisode() {
        SurvivalData rows =
                RowsBuilder.of(veteran()).withSplits(90, 180).build().data();
        double[] karno = rows.numericCovariate("karno");
        double[] episode = rows.numericCovariate("episode");
        SurvivalData data = rows;
        for (int e = 1; e <= 3; e++) {
            int k = e;
            data = data.withCovariate(
                    "karno" + e,
                    IntStream.range(0, karno.length)
                            .mapToDouble(i -> episode[i] == k ? karno[i] : 0)
                            .toArray());
        }
        SurvivalData stratified = data.toBuilder()
                .strata(Categories.of(
                        Arrays.stream(episode).mapToObj(RowsCases::number).toList()))
                .build();
        fitted(
                "veteran_episodes",
                CoxModel.withDefaults()
                        .withCovariates("trt", "karno1", "karno2", "karno3")
                        .fit(stratified),
                1e-10);
    }
}
