// spotless:off
//JAVA 17+
//DEPS io.engraft:engraft-core:0.1.0-SNAPSHOT
// spotless:on
package io.engraft.examples;

import io.engraft.data.DurationUnit;
import io.engraft.data.Grouped;
import io.engraft.data.SurvivalData;
import io.engraft.data.io.ColumnRoles;
import io.engraft.data.io.CsvData;
import io.engraft.estimate.KaplanMeier;
import io.engraft.estimate.SurvivalEstimate;
import io.engraft.estimate.SurvivalPoint;
import java.nio.file.Path;

/**
 * Reads follow-up from a CSV file and estimates survival by disease. Runs by itself: {@code jbang ReadAndEstimate.java
 * patients.csv}.
 */
public final class ReadAndEstimate {

    private ReadAndEstimate() {}

    public static void main(String[] args) {
        Path file = Path.of(args.length > 0 ? args[0] : "patients.csv");
        ColumnRoles roles =
                ColumnRoles.of("months", "status").withGroup("disease").withUnit(DurationUnit.MONTHS);
        SurvivalData patients = CsvData.read(file, roles);
        System.out.println(patients);

        Grouped<SurvivalEstimate> survival = KaplanMeier.withDefaults().fit(patients);
        survival.asMap().forEach((disease, curve) -> {
            System.out.println(disease + ": median " + curve.median());
            for (SurvivalPoint point : curve.at(6, 12, 24)) {
                System.out.println("  " + point);
            }
            curve.warnings().forEach(warning -> System.out.println("  " + warning));
        });
        System.out.println("Every code of 1 or more is an event: survival without relapse. 95 % intervals, log-log.");
    }
}
