package io.engraft.cli.pathways;

import io.engraft.cli.options.FilePlan;
import io.engraft.cli.options.HelpOption;
import io.engraft.cli.options.OutputOptions;
import io.engraft.cli.options.Usage;
import io.engraft.cli.output.Console;
import io.engraft.cli.output.Exit;
import io.engraft.pathway.ModelFile;
import io.engraft.report.Format;
import io.engraft.report.pathways.ComparisonDocument;
import io.engraft.simulate.AssumptionSampling;
import io.engraft.simulate.ScenarioComparison;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Simulated cohorts of several models side by side. */
@Command(
        name = "compare",
        customSynopsis = "engraft compare MODEL... [options]",
        sortOptions = false,
        description = {
            "Models side by side: the same simulated patients in each, and what they differ by.",
            "Every later model is held against the first, with what simulation and assumptions leave open of the",
            "difference, and which assumptions drive it. The last of --at is the horizon.",
            ""
        },
        footer = {
            "",
            "With one model and --assume it is compared with itself as it is stated; with several, --assume changes all",
            "that have the assumption. Models whose time counts from different moments are refused. For example:",
            "  engraft compare bridge-chemotherapy azacitidine-bridge --at 12,60",
            "  engraft compare jmml --assume F1=0.55"
        })
public final class CompareCommand implements Callable<Integer> {

    private final Console console;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private final HelpOption help = new HelpOption();

    @Parameters(
            paramLabel = "MODEL",
            arity = "1..*",
            description = "A model by a name of simulate --list-models, or a JSON file of the same form.")
    private final List<String> models = new ArrayList<>();

    @Mixin
    private final CohortOptions cohort = new CohortOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions(Format.TEXT);

    public CompareCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        FilePlan files = FilePlan.of(spec);
        for (int k = 0; k < models.size(); k++) {
            String model = models.get(k);
            files.reads("MODEL " + (k + 1), ModelChoice.ships(model) ? null : model);
        }
        output.addTo(files).check();
        List<ModelFile> scenarios = scenarios();
        ScenarioComparison comparison = ScenarioComparison.of(
                scenarios, cohort.simulator(scenarios.get(0).model().unit()));
        Optional<AssumptionSampling> sampling = cohort.sampling();
        if (sampling.isPresent()) {
            comparison = comparison.withAssumptions(sampling.get());
        }
        output.emit(ComparisonDocument.of(comparison), console);
        return Exit.DONE;
    }

    private List<ModelFile> scenarios() {
        AssumeOption assume = cohort.assume();
        List<ModelFile> read = models.stream().map(ModelChoice::read).toList();
        if (read.size() > 1) {
            return assume.in(read);
        }
        if (assume.values().isEmpty()) {
            throw Usage.wrong(
                    spec,
                    "one model alone is compared with nothing; allowed: two or more models, or one with --assume");
        }
        ModelFile stated = read.get(0);
        return List.of(stated, assume.named(stated));
    }
}
