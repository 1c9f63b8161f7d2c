package io.engraft.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engraft.InvalidArgumentException;
import io.engraft.InvalidDataException;
import io.engraft.inference.RestrictedMeanTest;
import io.engraft.inference.TestResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Groups counted together and then parted are the groups counted one by one. */
class GroupTablesTest {

    @Test
    void partedTablesAreThoseOfTheGroupsAlone() {
        for (long seed = 0; seed < 1000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int groups = 1 + random.nextInt(4);
            int n = groups + random.nextInt(300);
            boolean days = random.nextBoolean();
            double[] time = new double[n];
            int[] status = new int[n];
            int[] group = new int[n];
            List<String> names = new ArrayList<>();
            for (int i = 0; i < n; i++) {
                double t = random.nextDouble() * 40;
                time[i] = days ? Math.floor(t) : t;
                status[i] = random.nextInt(4);
                group[i] = i < groups ? i + 1 : 1 + random.nextInt(groups);
                names.add(Integer.toString(group[i]));
            }
            status[0] = 3;
            Map<String, EventTable> expected = new LinkedHashMap<>();
            for (int g = 1; g <= groups; g++) {
                int code = g;
                int[] rows = IntStream.range(0, n).filter(i -> group[i] == code).toArray();
                EventTableBuilder alone = EventTable.builder(List.of("1", "2", "3"));
                for (int i : rows) {
                    alone.add(time[i], status[i]);
                }
                expected.put(Integer.toString(g), alone.build());
            }
            SurvivalData data = SurvivalData.builder(time, status)
                    .group(Categories.of(names))
                    .build();
            assertThat(EventTable.byGroup(time, status, group))
                    .as("seed %d", seed)
                    .isEqualTo(expected);
            expected.replaceAll((name, table) -> table.withUnit(DurationUnit.MONTHS));
            assertThat(EventTable.byGroup(data)).as("seed %d", seed).isEqualTo(expected);
        }
    }

    @Test
    void restrictedMeansOfArraysAreThoseOfData() {
        double[] time = {1, 2, 3, 4, 5, 6, 7, 8};
        int[] status = {1, 0, 1, 1, 0, 1, 1, 0};
        int[] group = {1, 2, 2, 1, 2, 1, 2, 1};
        SurvivalData data = SurvivalData.builder(time, status)
                .group(Categories.of(List.of("1", "2", "2", "1", "2", "1", "2", "1")))
                .build();
        TestResult expected = RestrictedMeanTest.forHorizon(6).test(data);
        TestResult found = RestrictedMeanTest.forHorizon(6).test(time, status, group);
        assertThat(found.statistic()).isEqualTo(expected.statistic());
        assertThat(found.contrasts()).isEqualTo(expected.contrasts());
    }

    @Test
    void badRowsAreNamed() {
        double[] time = {1, Double.NaN, 3};
        assertThatThrownBy(() -> EventTable.byGroup(time, new int[] {1, 0, -1}, new int[] {1, 2, 65}))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("row 2, column 'time', value 'NaN'")
                .hasMessageContaining("row 3, column 'status', value '-1'")
                .hasMessageContaining("row 3, column 'group', value '65': allowed: 1 to 64");
        double[] fine = {1, 2, 3};
        assertThatThrownBy(() -> EventTable.byGroup(fine, new int[] {1, 0, 1}, new int[] {1, 0, 2}))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("row 2, column 'group', value '0': allowed: 1 to 64");
        assertThatThrownBy(() -> EventTable.byGroup(fine, new int[] {1, 0, 1}, new int[] {1, 1, 3}))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("group '2' has no rows; allowed: at least one");
        assertThatThrownBy(() -> EventTable.byGroup(fine, new int[] {1, 0}, new int[] {1, 1, 3}))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("status has 2 rows and time has 3");
        assertThatThrownBy(() -> EventTable.byGroup(fine, new int[] {1, 0, 1}, new int[] {1, 1}))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("group has 2 rows and time has 3");
        assertThatThrownBy(() -> EventTable.byGroup(new double[0], new int[0], new int[0]))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("there are no rows");
        assertThatThrownBy(() -> RestrictedMeanTest.forHorizon(1).test(fine, new int[] {1, 0, 1}, new int[] {1, 1, 1}))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("groups is [1]; allowed: two or more, distinct");
    }
}
