package io.engraft.cli.evidence;

import io.engraft.DataProblem;
import io.engraft.InvalidArgumentException;
import io.engraft.InvalidDataException;
import io.engraft.cli.options.Converters;
import io.engraft.cli.options.DataOptions;
import io.engraft.cli.options.FileOptions;
import io.engraft.cli.options.FilePlan;
import io.engraft.cli.options.HelpOption;
import io.engraft.cli.options.OutputOptions;
import io.engraft.cli.options.Usage;
import io.engraft.cli.output.Console;
import io.engraft.cli.output.Exit;
import io.engraft.data.io.CsvSource;
import io.engraft.evidence.HeterogeneityMethod;
import io.engraft.evidence.PoolingInterval;
import io.engraft.evidence.ProportionPool;
import io.engraft.evidence.StudyProportion;
import io.engraft.evidence.UnitComparison;
import io.engraft.report.Format;
import io.engraft.report.Provenance;
import io.engraft.report.evidence.PoolDocument;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Proportions of studies together, and one unit's count beside a range. */
@Command(
        name = "pool",
        customSynopsis = {
            "engraft pool FILE [options]",
            "       engraft pool @jmml --endpoint CIR [options]",
            "       engraft pool --unit-events 22 --unit-patients 60 --against 0.30,0.40 [options]"
        },
        sortOptions = false,
        description = {
            "Pools proportions of several studies, random effects on the logit scale.",
            "Counts are binomial, so rare events need no correction; exact intervals of each study are given",
            "too. With a unit of its own, says whether its count is compatible with a published range; or both.",
            ""
        },
        footer = {
            "",
            "FILE has the columns study, events, n, and if wanted registry (several separated by ;), first_year,",
            "last_year: studies that share a registry in overlapping years are flagged. @jmml are the embedded",
            "published figures on juvenile myelomonocytic leukemia."
        })
public final class PoolCommand implements Callable<Integer> {

    static final String EMBEDDED = "@jmml";

    private final Console console;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private final HelpOption help = new HelpOption();

    @Parameters(
            paramLabel = "FILE",
            arity = "0..1",
            description = "A CSV file of studies, - for standard input, or @jmml; not needed with --unit-events.")
    private @Nullable String file;

    @Option(
            names = "--endpoint",
            paramLabel = "NAME",
            order = 1,
            description = "Which figures of @jmml: CIR (relapse), TRM, EFS, OS, ...; only those that were read.")
    private @Nullable String endpoint;

    @Option(
            names = "--months",
            paramLabel = "T",
            order = 2,
            converter = Converters.FiniteNumber.class,
            description = "Only figures of @jmml at this time; default all, with a warning where times differ.")
    private @Nullable Double months;

    @Option(
            names = "--leave-out",
            paramLabel = "STUDY",
            split = ",",
            order = 3,
            description = "Studies to leave out, comma-separated, such as one of two that share patients.")
    private List<String> leftOut = List.of();

    @Option(
            names = "--heterogeneity",
            paramLabel = "REML|PM|DL",
            order = 4,
            converter = Converters.Heterogeneity.class,
            description = "Estimator of the variance between studies in the normal-normal form, which it selects: REML,"
                    + " Paule-Mandel or DerSimonian-Laird.")
    private @Nullable HeterogeneityMethod heterogeneity;

    @Option(
            names = "--interval",
            paramLabel = "TYPE",
            order = 5,
            converter = Converters.PoolInterval.class,
            description =
                    "Interval of the pooled proportion: likelihood (default; binomial-normal, no corrections); or of the"
                            + " normal-normal form hartung-knapp (never narrower than wald), hartung-knapp-plain, wald.")
    private @Nullable PoolingInterval interval;

    @Option(
            names = "--correction",
            paramLabel = "C",
            order = 6,
            converter = Converters.FiniteNumber.class,
            description =
                    "Added to both counts of a study in which none or all had the event, in the normal-normal form,"
                            + " which it selects; there the default is 0.5.")
    private @Nullable Double correction;

    @Option(
            names = "--unit-events",
            paramLabel = "X",
            order = 10,
            description = "One unit's patients with the event: is its count compatible with --against?")
    private @Nullable Integer unitEvents;

    @Option(names = "--unit-patients", paramLabel = "N", order = 11, description = "Of how many patients.")
    private @Nullable Integer unitPatients;

    @Option(
            names = "--against",
            paramLabel = "P,P,...",
            order = 12,
            converter = Converters.SharesConverter.class,
            description = "Published probabilities, such as 0.30,0.35,0.40; the least and the largest are the range.")
    private Converters.@Nullable Shares against;

    @Option(
            names = "--reference",
            paramLabel = "X/N",
            order = 13,
            converter = Converters.CountConverter.class,
            description =
                    "The published count, such as 35/100: how many events it lets expect among the unit's patients.")
    private Converters.@Nullable Count reference;

    @Option(
            names = "--level",
            paramLabel = "LEVEL",
            order = 20,
            converter = Converters.FiniteNumber.class,
            description = "Level of every interval; default ${DEFAULT-VALUE}.")
    private double level = 0.95;

    @Mixin
    private final FileOptions files = new FileOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions(Format.TEXT);

    public PoolCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        checkOptions();
        output.addTo(FilePlan.of(spec).reads("FILE", file)).check();
        PoolDocument pooled = file == null ? null : pooled(file);
        UnitComparison.Result unit = unit();
        if (pooled == null) {
            output.emit(PoolDocument.of(Objects.requireNonNull(unit), range()), console);
        } else {
            output.emit(unit == null ? pooled : pooled.withUnit(unit, range()), console);
        }
        return Exit.DONE;
    }

    private PoolDocument pooled(String named) {
        String source = named.equals(EMBEDDED)
                ? EMBEDDED
                : DataOptions.source(named, console).name();
        List<String> warnings = new ArrayList<>();
        Studies studies = studies(source, warnings);
        long dropped = studies.read() - (long) studies.used().size();
        return PoolDocument.of(procedure().fit(studies.used()))
                .withProvenance(new Provenance(source, studies.read(), dropped))
                .withWarnings(warnings);
    }

    /** The unit's count beside the range, null where it is not asked for. */
    private UnitComparison.@Nullable Result unit() {
        if (unitEvents == null || unitPatients == null || against == null) {
            return null;
        }
        UnitComparison comparison = UnitComparison.withDefaults().withLevel(level);
        if (reference != null) {
            comparison = comparison.withPublished(reference.events(), reference.patients());
        }
        return comparison.compare(unitEvents, unitPatients, Collections.min(range()), Collections.max(range()));
    }

    private List<Double> range() {
        return against == null ? List.of() : against.values();
    }

    /** The studies that are pooled, and how many rows were read, those left out included. */
    private record Studies(List<StudyProportion> used, int read) {}

    private Studies studies(String source, List<String> warnings) {
        List<StudyProportion> all;
        int read;
        if (endpoint != null) {
            PublishedStudies published = PublishedStudies.of(endpoint, months);
            warnings.addAll(published.warnings());
            all = published.studies();
            read = published.figures();
        } else {
            CsvSource text = files.source(String.valueOf(file), console);
            all = StudyProportion.read(text);
            read = all.size();
            requireDistinct(all, source);
        }
        List<String> labels = all.stream().map(StudyProportion::label).toList();
        for (String label : leftOut) {
            if (!labels.contains(label.strip())) {
                throw InvalidArgumentException.ofText("--leave-out", label.strip(), "one of " + labels);
            }
        }
        List<String> out = leftOut.stream().map(String::strip).toList();
        List<StudyProportion> kept =
                all.stream().filter(s -> !out.contains(s.label())).toList();
        if (kept.isEmpty()) {
            throw new InvalidDataException(DataProblem.ofWhole("no study is left to pool; allowed: one or more")
                    .inSource(source));
        }
        if (!out.isEmpty()) {
            warnings.add("left out on request: " + String.join(", ", out));
        }
        return new Studies(kept, read);
    }

    private static void requireDistinct(List<StudyProportion> studies, String source) {
        Set<String> seen = new HashSet<>();
        List<DataProblem> problems = new ArrayList<>();
        for (int i = 0; i < studies.size(); i++) {
            String label = studies.get(i).label();
            if (!seen.add(label)) {
                problems.add(
                        DataProblem.ofRow(i + 1L, "study", label, "a second row of that name; allowed: one a study")
                                .inSource(source));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidDataException(problems);
        }
    }

    private ProportionPool procedure() {
        ProportionPool pool = ProportionPool.withDefaults().withLevel(level);
        pool = heterogeneity == null ? pool : pool.withHeterogeneity(heterogeneity);
        pool = correction == null ? pool : pool.withCorrection(correction);
        return interval == null ? pool : pool.withInterval(interval);
    }

    private void checkOptions() {
        files.requireFile(file, null);
        boolean unit = unitEvents != null || unitPatients != null || against != null;
        if (file == null && !unit) {
            throw wrong("FILE is missing: a CSV file of studies or @jmml; or --unit-events, --unit-patients and"
                    + " --against without it");
        }
        if (unit && (unitEvents == null || unitPatients == null || against == null)) {
            throw wrong("--unit-events, --unit-patients and --against go together");
        }
        requireUse(reference != null, "--reference", unit, "without --unit-events");
        boolean embedded = EMBEDDED.equals(file);
        if (embedded && endpoint == null) {
            throw wrong("--endpoint is missing: it says which figures of @jmml are meant, such as CIR");
        }
        requireUse(endpoint != null, "--endpoint", embedded, "without @jmml");
        requireUse(months != null, "--months", embedded, "without @jmml");
        requireUse(!leftOut.isEmpty(), "--leave-out", file != null, "without FILE");
        requireUse(heterogeneity != null, "--heterogeneity", file != null, "without FILE");
        requireUse(interval != null, "--interval", file != null, "without FILE");
        requireUse(correction != null, "--correction", file != null, "without FILE");
        boolean likelihood = interval == PoolingInterval.LIKELIHOOD;
        requireUse(heterogeneity != null, "--heterogeneity", !likelihood, "with --interval likelihood");
        requireUse(correction != null, "--correction", !likelihood, "with --interval likelihood");
    }

    private void requireUse(boolean given, String option, boolean used, String where) {
        Usage.requireUse(spec, given, option, used, where);
    }

    private ParameterException wrong(String message) {
        return Usage.wrong(spec, message);
    }
}
