package io.engraft.cli.output;

import io.engraft.report.EngraftVersion;
import picocli.CommandLine.IVersionProvider;

/** The version of the build. */
public final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {"engraft " + EngraftVersion.text()};
    }
}
