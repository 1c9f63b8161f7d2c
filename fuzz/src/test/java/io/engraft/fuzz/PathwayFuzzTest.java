package io.engraft.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.engraft.pathway.PathwayModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Pathway files: one of those that ship, with some bytes of it changed, or any bytes. */
class PathwayFuzzTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path folder;

    @FuzzTest(maxDuration = Reading.TIME)
    void pathways(FuzzedDataProvider data) throws IOException {
        byte[] bytes;
        if (data.consumeBoolean()) {
            bytes = PathwayModel.jmmlText().getBytes(StandardCharsets.UTF_8);
            int changes = data.consumeInt(1, 8);
            for (int i = 0; i < changes; i++) {
                bytes[data.consumeInt(0, bytes.length - 1)] = data.consumeByte();
            }
        } else {
            bytes = data.consumeRemainingAsBytes();
        }
        Path file = folder.resolve("fuzz.json");
        Files.write(file, bytes);
        Reading.tried(() -> PathwayModel.read(file).multiStateModel());
    }
}
