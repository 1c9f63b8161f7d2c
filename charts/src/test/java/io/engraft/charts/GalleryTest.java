package io.engraft.charts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Draws every kind of figure into target/gallery, for a person to look at before each release. */
class GalleryTest {

    private static final Path FOLDER = Path.of("target", "gallery");

    static Map<String, Fakes.KaplanMeier> threeGroups() {
        Map<String, Fakes.KaplanMeier> groups = new LinkedHashMap<>();
        groups.put("ALL", Fakes.simulated(1, 38, 0.35, 12, 90));
        groups.put("AML low risk", Fakes.simulated(2, 54, 0.5, 20, 90));
        groups.put("AML high risk", Fakes.simulated(4, 45, 0.2, 8, 90));
        return groups;
    }

    static Fakes.KaplanMeier group(String name) {
        return Objects.requireNonNull(threeGroups().get(name));
    }

    static SurvivalFigure tenGroups() {
        Map<String, Fakes.KaplanMeier> ten = new LinkedHashMap<>();
        for (int i = 1; i <= 10; i++) {
            ten.put("Centre " + i, Fakes.simulated(20 + i, 80, 0.08 * i, 15, 1800));
        }
        return SurvivalFigure.of(ten).withTitle("Ten groups").withXLabel("Days since transplant");
    }

    static SurvivalFigure threeGroupFigure() {
        return SurvivalFigure.of(threeGroups())
                .withTitle("Disease-free survival after allogeneic transplant")
                .withSubtitle("Simulated patients, n = 137; shading: pointwise 95% CI (log-log)")
                .withXLabel("Months since transplant")
                .withYLabel("Disease-free survival")
                .withXLimits(0, 84)
                .withMedianLines(true)
                .withAnnotation("Log-rank p = 0.001");
    }

    static CumulativeIncidenceFigure twoCauses() {
        return CumulativeIncidenceFigure.of(
                        Fakes.competing(5, 137, 0.35, 0.2, 1, "Relapse"), Fakes.competing(5, 137, 0.35, 0.2, 2, "NRM"))
                .withTitle("Cumulative incidence of relapse and non-relapse mortality")
                .withSubtitle("Aalen-Johansen estimates with pointwise 95% CI, all 137 patients")
                .withXLabel("Months since transplant")
                .withXLimits(0, 60);
    }

    static StateOccupationFigure states() {
        return StateOccupationFigure.of(Fakes.states(
                        List.of(
                                "Alive in remission",
                                "Alive after 2nd transplant",
                                "Alive after relapse",
                                "Dead after relapse",
                                "Dead without relapse"),
                        List.of(
                                t -> 0.4 + 0.6 * Math.exp(-t / 12),
                                t -> 0.02 * (1 - Math.exp(-t / 6)),
                                t -> 0.2 * (Math.exp(-t / 20) - Math.exp(-t / 5)),
                                t -> 0.58
                                        - 0.6 * Math.exp(-t / 12)
                                        - 0.2 * (Math.exp(-t / 20) - Math.exp(-t / 5))
                                        + 0.02 * Math.exp(-t / 6)
                                        - 0.2 * (1 - Math.exp(-t / 9)),
                                t -> 0.2 * (1 - Math.exp(-t / 9))),
                        Double.POSITIVE_INFINITY))
                .withTitle("Where patients are over time")
                .withSubtitle("State-occupation probabilities of a model")
                .withXLabel("Months since transplant")
                .withXLimits(0, 60);
    }

    static Map<String, Figure<?>> gallery() {
        Map<String, Figure<?>> all = new LinkedHashMap<>();
        all.put("km", threeGroupFigure());
        all.put("km-lines", threeGroupFigure().withConfidence(ConfidenceStyle.LINES));
        all.put("km-grey", threeGroupFigure().withPalette(Palette.grey()).withConfidence(ConfidenceStyle.NONE));
        all.put("cif", twoCauses());
        all.put("states", states());
        all.put(
                "model",
                SurvivalFigure.of("Observed", Fakes.simulated(7, 100, 0.5, 10, 60))
                        .withOverlay("Weibull mixture cure model", Fakes.cure(0.48, 0.95, 11))
                        .withTitle("Model over estimate")
                        .withXLabel("Months since diagnosis")
                        .withPercentAxis(true)
                        .withCaption(
                                "The model was fitted to published rates, not to these patients. "
                                        + "Shading: pointwise 95% confidence limits, interrupted where they are not estimable."));
        all.put(
                "single",
                SurvivalFigure.of("All patients", Fakes.simulated(8, 60, 0.4, 1, 5))
                        .withTitle("Overall survival")
                        .withXLabel("Years since transplant")
                        .withRiskTable(RiskTable.atRisk().withCumulativeEvents().withCumulativeCensored()));
        all.put("ten", tenGroups());
        Map<String, Fakes.KaplanMeier> longNames = new LinkedHashMap<>();
        longNames.put(
                "Haploidentical related donor with post-transplant cyclophosphamide and reduced intensity conditioning",
                Fakes.simulated(41, 70, 0.5, 10, 60));
        longNames.put("Matched unrelated donor, myeloablative", Fakes.simulated(42, 70, 0.3, 10, 60));
        all.put(
                "long-names",
                SurvivalFigure.of(longNames)
                        .withTitle(
                                "A very long title that has to be broken over two lines because no journal page is wide"
                                        + " enough for all of its many words")
                        .withXLabel("Months"));
        all.put(
                "cif-groups",
                CumulativeIncidenceFigure.ofGroups(Map.of("CR1", Fakes.competing(50, 90, 0.2, 0.2, 1, "Relapse")))
                        .withCurve("CR2", Fakes.competing(51, 80, 0.5, 0.2, 1, "Relapse"))
                        .withCurve("CR1", Fakes.competing(50, 90, 0.2, 0.2, 2, "NRM"))
                        .withCurve("CR2", Fakes.competing(51, 80, 0.5, 0.2, 2, "NRM"))
                        .withTitle("Two groups, two causes")
                        .withAnnotation("Gray's test, relapse: p < 0.001\nGray's test, NRM: p = 0.62")
                        .withXLabel("Months since transplant"));
        all.put(
                "cif-model",
                CumulativeIncidenceFigure.of(Fakes.competing(5, 137, 0.35, 0.2, 1, "Relapse"))
                        .withOverlay("Model", Fakes.smoothIncidence("Relapse", t -> 0.36 * (1 - Math.exp(-t / 9))))
                        .withTitle("Relapse: estimate and model")
                        .withXLabel("Months since transplant"));
        all.put(
                "unicode",
                SurvivalFigure.of(Map.of("Группа α ≤ 5 × 10⁹/l − 白血病", Fakes.simulated(60, 50, 0.4, 10, 50)))
                        .withTitle("Überleben nach Transplantation – 生存率")
                        .withXLabel("Monate (months)"));
        double[] many = new double[1200];
        int[] codes = new int[many.length];
        for (int i = 0; i < many.length; i++) {
            many[i] = 0.05 * (i + 1);
            codes[i] = i % 3 == 0 ? 1 : 0;
        }
        all.put(
                "large-counts",
                SurvivalFigure.of("Registry", new Fakes.Scaled(new Fakes.KaplanMeier(many, codes), 2500))
                        .withCurve("Trial", Fakes.simulated(70, 90, 0.3, 20, 60))
                        .withRiskTable(RiskTable.atRisk().withCumulativeEvents())
                        .withXLabel("Months"));
        all.put(
                "all-censored",
                SurvivalFigure.of(
                                "Nobody died",
                                new Fakes.KaplanMeier(new double[] {3, 5, 8, 13, 21}, new int[] {0, 0, 0, 0, 0}))
                        .withMedianLines(true)
                        .withTitle("All censored")
                        .withXLabel("Days"));
        all.put(
                "models",
                SurvivalFigure.of("Standard", Fakes.simulated(81, 120, 0.3, 9, 70))
                        .withCurve("Intensified", Fakes.simulated(82, 120, 0.55, 9, 70))
                        .withOverlay("Model, standard", Fakes.cure(0.3, 0.9, 9), "Standard")
                        .withOverlay("Model, intensified", Fakes.cure(0.55, 0.9, 9), "Intensified")
                        .withConfidence(ConfidenceStyle.LINES)
                        .withAnnotation("Cox model: hazard ratio 0.61 (95% CI 0.44 to 0.85), p = 0.003")
                        .withTitle("A model over each of two groups")
                        .withXLabel("Months since transplant"));
        all.put("short-axis", threeGroupFigure().withXLimits(0, 0.5).withAnnotation(""));
        all.put("narrow", threeGroupFigure().withWidthMillimetres(85));
        return all;
    }

    @Test
    void everyFigureIsDrawnInEveryFormat() throws IOException {
        Files.createDirectories(FOLDER);
        for (Map.Entry<String, Figure<?>> entry : gallery().entrySet()) {
            for (ImageFormat format : ImageFormat.values()) {
                Path file = FOLDER.resolve(entry.getKey() + format.extension());
                entry.getValue().save(file);
                assertThat(file).isNotEmptyFile();
            }
        }
    }
}
