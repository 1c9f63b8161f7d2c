package io.engraft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.engraft.cli.Run.Json;
import org.junit.jupiter.api.Test;

/** Warnings beside a table, of the commands without curves of patients. */
class WarningsTest {

    @Test
    void ofASimulationStandBesideItsTable() {
        Json json = Run.of("simulate", "--patients", "200", "--format", "json").json();
        Run csv = Run.of("simulate", "--patients", "200", "--format", "csv");

        assertThat(json.size("warnings")).isPositive();
        assertThat(csv.err().lines()).hasSize(json.size("warnings"));
        assertThat(csv.err()).contains("warning: " + json.text("warnings/0"));
    }

    @Test
    void ofEndpointsAreSaidOnce() {
        Run rows = Run.withInput(
                "id,agvhd_2,death,last_contact\nP1,30,,100\nP3,,0,\n",
                "endpoints",
                "-",
                "--endpoint",
                "os",
                "--time-dependent",
                "agvhd_2_4",
                "--format",
                "csv");

        assertThat(rows.err().lines()).hasSize(1);
        assertThat(rows.err()).contains("warning: patients without a row");
    }
}
