package io.engraft.cli.data;

import io.engraft.cli.options.HelpOption;
import io.engraft.cli.options.OutputOptions;
import io.engraft.cli.output.Console;
import io.engraft.cli.output.Exit;
import io.engraft.data.Datasets;
import io.engraft.report.Format;
import io.engraft.report.data.DatasetsDocument;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The embedded data sets. */
@Command(
        name = "datasets",
        sortOptions = false,
        description = {"The embedded data sets, with columns, source and licence.", ""})
public final class DatasetsCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private final HelpOption help = new HelpOption();

    @Mixin
    private final OutputOptions output = new OutputOptions(Format.TEXT);

    public DatasetsCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        output.emit(DatasetsDocument.of(Datasets.all()), console);
        return Exit.DONE;
    }
}
