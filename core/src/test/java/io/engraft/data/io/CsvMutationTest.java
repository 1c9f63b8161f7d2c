package io.engraft.data.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.engraft.InvalidDataException;
import io.engraft.data.SurvivalData;
import io.engraft.history.HistoryCsv;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CsvMutationTest {

    private static final byte[] TABLE = """
            months,state,start,arm,age
            1.5,1,0,"A, ""x\""",40
            22,0,1.25,B,41.5
            3e1,2,2,\u00e9,42
            """.getBytes(StandardCharsets.UTF_8);
    private static final byte[] TELLING = ",;\"\n\r\t .-+eE0919Na\u00e9".getBytes(StandardCharsets.UTF_8);
    private static final byte[] HISTORY = """
            id,transplant_date,agvhd_2,relapse,death,last_contact
            A,2020-02-01,2020-03-01,2020-06-01,2021-01-01,
            B,2020-02-29,,,,2022-02-28
            """.getBytes(StandardCharsets.UTF_8);

    private static byte[] mutate(byte[] text, SplittableRandom random) {
        byte[] bytes = text.clone();
        for (int k = random.nextInt(1, 4); k > 0; k--) {
            int place = random.nextInt(bytes.length);
            bytes[place] =
                    random.nextInt(4) == 0 ? (byte) random.nextInt(256) : TELLING[random.nextInt(TELLING.length)];
        }
        return java.util.Arrays.copyOf(bytes, random.nextInt(5) == 0 ? random.nextInt(bytes.length) : bytes.length);
    }

    @Test
    void damagedTablesGiveSoundDataOrAnErrorThatNamesTheFile() {
        ColumnRoles roles = ColumnRoles.of("months", "state")
                .withEntry("start")
                .withGroup("arm")
                .withCovariates(List.of("age"));
        SplittableRandom random = new SplittableRandom(20261122);
        int failures = 0;
        for (int i = 0; i < 5000; i++) {
            byte[] bytes = mutate(TABLE, random);
            try {
                SurvivalData data = CsvData.read(CsvSource.of(new ByteArrayInputStream(bytes), "in"), roles);
                for (int row = 0; row < data.size(); row++) {
                    assertThat(data.entry(row)).isNotNegative().isLessThan(data.time(row));
                    assertThat(data.status(row)).isBetween(0, 64);
                }
            } catch (InvalidDataException e) {
                failures++;
                assertThat(e.problems()).isNotEmpty().allMatch(p -> "in".equals(p.source()));
            }
        }
        assertThat(failures).isBetween(500, 4900);
    }

    @Test
    void damagedHistoriesGiveHistoriesOrAnErrorThatNamesTheFile() {
        SplittableRandom random = new SplittableRandom(20261123);
        int failures = 0;
        for (int i = 0; i < 5000; i++) {
            byte[] bytes = mutate(HISTORY, random);
            try {
                assertThat(HistoryCsv.read(CsvSource.of(new ByteArrayInputStream(bytes), "in"))
                                .histories())
                        .allMatch(h -> h.end() >= 0);
            } catch (InvalidDataException e) {
                failures++;
                assertThat(e.problems()).isNotEmpty().allMatch(p -> "in".equals(p.source()));
            }
        }
        assertThat(failures).isBetween(500, 4990);
    }
}
