package io.engraft.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.engraft.distribution.Reactor.Module;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The libraries' public types against the baseline in the folder api. Run by {@code api/update}, it makes the baseline
 * instead.
 */
class ApiIT {

    private static final Path API = Reactor.ROOT.resolve("api");
    private static final Path ACCEPTED = API.resolve("accepted.txt");
    private static final Path REPORTS = Reactor.HERE.resolve("target/api");

    private static Path baseline(Module library) {
        return API.resolve(library.artifact() + ".jar");
    }

    @Test
    void nothingBreaksWhoUsesTheLibraries() throws IOException {
        Files.createDirectories(REPORTS);
        Set<String> found = new TreeSet<>();
        for (Module library : Reactor.libraries()) {
            Path now = REPORTS.resolve(library.artifact() + ".jar");
            PublicApi.write(library.jar(""), now);
            if (Boolean.getBoolean("api.update")) {
                Files.createDirectories(API);
                Files.copy(now, baseline(library), StandardCopyOption.REPLACE_EXISTING);
            }
            assertThat(baseline(library))
                    .as("the baseline of %s; api/update makes one", library.artifact())
                    .exists();
            ApiDifferences differences = ApiDifferences.between(baseline(library), now);
            Path report = REPORTS.resolve(library.artifact() + ".md");
            Files.writeString(report, differences.report());
            System.out.println("API of " + library.artifact() + ": " + differences.changed() + " types differ from the"
                    + " baseline, " + differences.incompatible().size() + " incompatible changes ("
                    + Reactor.ROOT.relativize(report) + ")");
            found.addAll(differences.incompatible());
        }
        Set<String> accepted = ApiDifferences.accepted(ACCEPTED);
        Set<String> unexpected = new TreeSet<>(found);
        unexpected.removeAll(accepted);
        assertThat(unexpected)
                .as("incompatible changes of the API; undo them, or list them in api/accepted.txt with the reason")
                .isEmpty();
        Set<String> stale = new TreeSet<>(accepted);
        stale.removeAll(found);
        assertThat(stale)
                .as("lines of api/accepted.txt that nothing answers to")
                .isEmpty();
    }
}
