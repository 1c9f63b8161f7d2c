package io.engraft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same rows in any order give the same document, byte by byte. */
class RowOrderTest {

    private static final String BASE = " --time time --status status";

    @TempDir
    Path folder;

    private static List<String> rows() {
        SplittableRandom random = new SplittableRandom(5);
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < 180; i++) {
            double time = Math.ceil(-400 * Math.log1p(-random.nextDouble())) / 16 + 0.25;
            double entry = random.nextBoolean() ? 0 : time * 0.5 * random.nextDouble();
            rows.add(String.join(
                    ",",
                    "p" + i,
                    Double.toString(time),
                    Integer.toString(random.nextInt(3)),
                    Double.toString(entry),
                    Double.toString(0.1 + random.nextDouble()),
                    Integer.toString(1 + random.nextInt(3)),
                    List.of("AML", "JMML", "ALL").get(random.nextInt(3)),
                    "s" + random.nextInt(2),
                    "centre " + random.nextInt(45),
                    Double.toString(2 + 12 * random.nextDouble()),
                    List.of("CR1", "CR2", "NR").get(random.nextInt(3))));
        }
        return rows;
    }

    private Run run(List<String> rows, String call) {
        String text = "id,time,status,entry,w,f,group,strata,centre,age,phase\n" + String.join("\n", rows) + "\n";
        List<String> args = new ArrayList<>(List.of(call.split(" ")));
        args.add(1, Run.write(folder, "rows.csv", text).toString());
        args.addAll(List.of("--format", "json"));
        return Run.of(args.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "km" + BASE + " --group group --tau 20",
                "km" + BASE + " --group group --entry entry --weight w --weight-type sampling",
                "km" + BASE + " --group group --cluster centre --weight f --weight-type frequency",
                "km" + BASE + " --robust --id id",
                "cuminc" + BASE + " --group group",
                "cuminc" + BASE + " --group group --cluster centre --entry entry",
                "test" + BASE + " --group group --pairwise holm --trend",
                "test" + BASE + " --group group --strata strata --robust",
                "test" + BASE + " --group group --weight w --weight-type sampling --pairwise bonferroni",
                "test" + BASE + " --group group --cluster centre --entry entry --method peto",
                "test" + BASE + " --group group --method fleming-harrington --rho 1 --gamma 0.5 --entry entry",
                "test" + BASE + " --group group --permutations 501 --seed 4",
                "test" + BASE + " --group group --permutations 199 --seed 4 --strata strata --entry entry",
                "test" + BASE + " --group group --method gray --cause 1 --strata strata",
                "test" + BASE + " --group group --method rmst --tau 15 --cluster centre",
                "test" + BASE + " --group group --method fixed-time --at 12 --weight w --weight-type sampling",
                "cox" + BASE + " --covariates age,phase --zph km --baseline",
                "cox" + BASE + " --covariates age,ns(age,3) --strata strata --entry entry --cluster centre",
                "cox" + BASE + " --covariates age,phase --weight w --weight-type sampling --ties breslow",
                "cox" + BASE + " --covariates age --firth --profile",
                "finegray" + BASE + " --cause 1 --covariates age,phase --baseline",
                "finegray" + BASE + " --cause 2 --covariates age --strata strata --entry entry --cluster centre",
                "finegray" + BASE + " --cause 1 --covariates age,phase --weight w --weight-type sampling --ties efron",
                "aft" + BASE + " --distribution weibull --covariates age,phase",
                "aft" + BASE
                        + " --distribution lognormal --covariates age,age:phase,ns(age,3) --robust --cluster centre",
                "aft" + BASE + " --distribution weibull --covariates age --strata strata --entry entry",
                "aft" + BASE + " --distribution loglogistic --covariates phase --weight w --weight-type sampling",
                "aft" + BASE
                        + " --distribution exponential --covariates phase --weight f --weight-type frequency --id id"
                        + " --robust"
            })
    void anyOrderGivesTheSameBytes(String call) {
        List<String> rows = rows();
        Run once = run(rows, call);
        assertThat(once.status()).as(once.err()).isZero();
        for (int seed = 0; seed < 3; seed++) {
            Collections.shuffle(rows, new Random(seed));
            Run other = run(rows, call);
            assertThat(other.out()).isEqualTo(once.out());
            assertThat(other.err()).isEqualTo(once.err());
        }
    }
}
