package io.engraft.cli.pathways;

import io.engraft.InvalidArgumentException;
import io.engraft.cli.options.Converters;
import io.engraft.cli.options.FilePlan;
import io.engraft.cli.options.HelpOption;
import io.engraft.cli.options.OutputOptions;
import io.engraft.cli.options.Usage;
import io.engraft.cli.output.Console;
import io.engraft.cli.output.Exit;
import io.engraft.cli.output.Progress;
import io.engraft.pathway.JmmlPathways;
import io.engraft.pathway.ModelFile;
import io.engraft.report.Format;
import io.engraft.report.pathways.ModelsDocument;
import io.engraft.report.pathways.SimulationDocument;
import io.engraft.simulate.AssumptionSampling;
import io.engraft.simulate.PathSimulator;
import io.engraft.simulate.SimulationResult;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A simulated cohort of a model. */
@Command(
        name = "simulate",
        customSynopsis = "engraft simulate [--model NAME|FILE.json] [options]",
        sortOptions = false,
        description = {
            "A cohort simulated from a model of states, fates and hazards.",
            "Where patients are over time, what has happened to them, how long they stay. The same seed gives the",
            "same bytes for any number of threads.",
            ""
        },
        footer = {
            "",
            "jmml is the model of juvenile myelomonocytic leukemia after a first transplant that ships with Engraft,",
            "made from published rates; --list-models names the others. --print-model prints the file of the model, as",
            "a start for a model of one's own."
        })
public final class SimulateCommand implements Callable<Integer> {

    /** Below this, a simulation is over before a progress bar would be read. */
    private static final long LONG_WORK = 20_000_000;

    private final Console console;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private final HelpOption help = new HelpOption();

    @Option(
            names = "--model",
            paramLabel = "NAME|FILE",
            order = 1,
            description = "The model: jmml (default), another name of --list-models, or a JSON file of the same form.")
    private String model = ModelChoice.JMML;

    @Option(
            names = "--horizon",
            paramLabel = "T",
            order = 3,
            converter = Converters.FiniteNumber.class,
            description = "How long they are followed, in the model's unit; default ${DEFAULT-VALUE}.")
    private double horizon = 120;

    @Option(
            names = "--draws",
            paramLabel = "N",
            order = 6,
            description =
                    "Draws of the fate probabilities alone, 100 or more, which the simulation's own limits then hold"
                            + " as well; default none: these hold simulation error only.")
    private int draws;

    @Mixin
    private final CohortOptions cohort = new CohortOptions();

    @Option(
            names = "--print-model",
            order = 11,
            description = "Print the file of the model, one that ships with Engraft, and do nothing else.")
    private boolean printModel;

    @Option(
            names = "--list-models",
            order = 12,
            description = "Print the names of the models that ship with Engraft, in any --format, and do nothing else.")
    private boolean listModels;

    @Mixin
    private final OutputOptions output = new OutputOptions(Format.TEXT);

    public SimulateCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (listModels) {
            requireAlone("--list-models", Set.of("--format", "--out"));
            output.emit(
                    ModelsDocument.of(JmmlPathways.all(), Map.of(JmmlPathways.TRANSPLANT, ModelChoice.JMML)), console);
            return Exit.DONE;
        }
        if (printModel) {
            if (!ModelChoice.ships(model)) {
                throw InvalidArgumentException.of(
                        "model", model, "one that ships with Engraft: " + ModelChoice.names());
            }
            requireAlone("--print-model", Set.of("--model", "--format", "--out"));
            boolean chosen = spec.commandLine().getParseResult().hasMatchedOption("--format");
            Usage.requireUse(
                    spec,
                    chosen,
                    "--format " + output.format().label(),
                    output.format() == Format.JSON,
                    "with --print-model: the file is JSON");
            output.emitText(target -> target.append(JmmlPathways.text(model)), console);
            return Exit.DONE;
        }
        output.addTo(FilePlan.of(spec).reads("--model", ModelChoice.ships(model) ? null : model))
                .check();
        ModelFile simulated = cohort.assume().in(ModelChoice.read(model));
        PathSimulator simulator =
                cohort.simulator(simulated.model().unit(), horizon).withDraws(draws);
        SimulationResult result = simulate(simulator, simulated);
        SimulationDocument document = SimulationDocument.of(simulated, result);
        Optional<AssumptionSampling> sampling = cohort.sampling();
        if (sampling.isPresent()) {
            document = document.withAssumptions(sampling.get().sample(simulated, result));
        }
        output.emit(document, console);
        return Exit.DONE;
    }

    /** Refuses what means nothing to an option that does nothing but print. */
    private void requireAlone(String option, Set<String> companions) {
        for (OptionSpec given : spec.commandLine().getParseResult().matchedOptions()) {
            String name = given.longestName();
            boolean used = name.equals(option) || companions.contains(name);
            Usage.requireUse(spec, true, name, used, "with " + option);
        }
    }

    private SimulationResult simulate(PathSimulator simulator, ModelFile simulated) {
        if (!console.watched() || cohort.patients() < LONG_WORK) {
            return simulator.simulate(simulated);
        }
        try (Progress progress = new Progress(cohort.patients(), console.err())) {
            return simulator.withProgress(progress).simulate(simulated);
        }
    }
}
