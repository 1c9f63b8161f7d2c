package io.engraft.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engraft.FileException;
import io.engraft.InvalidArgumentException;
import io.engraft.InvalidDataException;
import io.engraft.data.DurationUnit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With made-up tables: real ones have licences. */
class LifeTableHazardTest {

    private static final String SMALL =
            "age,sex,rate\n0,f,0.01\n1,f,0.001\n50,f,0.02\n0,m,0.02\n1,m,0.002\n50,m,0.04\n";

    /** Yearly ages 0 to 100, years 1990 to 2010, a Gompertz in age that falls with the year. */
    static LifeTableHazard table() {
        StringBuilder text = new StringBuilder("sex,year,age,rate,note\n");
        for (String sex : new String[] {"female", "male"}) {
            for (int year = 1990; year <= 2010; year++) {
                for (int age = 0; age <= 100; age++) {
                    double rate = (sex.equals("male") ? 2e-5 : 1e-5) * Math.exp(0.1 * age - 0.02 * (year - 1990));
                    text.append(sex + "," + year + "," + age + "," + rate + ",x\n");
                }
            }
        }
        return LifeTableHazard.ofText(text.toString(), "synthetic");
    }

    @Test
    void ageAdvancesThroughTheTable() {
        LifeTableHazard table = LifeTableHazard.ofText(SMALL, "small");
        PiecewiseExponential law = table.lawFor(0.25, "f", DurationUnit.YEARS);
        assertThat(law.cuts()).containsExactly(0.75, 49.75);
        assertThat(law.rates()).containsExactly(0.01, 0.001, 0.02);
        // H to age 60: 0.75 * 0.01 + 49 * 0.001 + 10 * 0.02
        assertThat(law.cumulativeHazard(59.75)).isCloseTo(0.2565, within(1e-15));
        assertThat(table.lawFor(70, "m", DurationUnit.YEARS))
                .isEqualTo(PiecewiseExponential.of(new double[0], new double[] {0.04}));
        assertThat(table.sexes()).containsExactly("f", "m");
        assertThat(table.ages()).containsExactly(0.0, 1.0, 50.0);
        assertThat(table.years()).isEmpty();
    }

    @Test
    void decimalCommasAreRead() {
        String german = SMALL.replace(',', ';').replace('.', ',');
        assertThat(LifeTableHazard.ofText(german, "small").lawFor(0.25, "f", DurationUnit.YEARS))
                .isEqualTo(LifeTableHazard.ofText(SMALL, "small").lawFor(0.25, "f", DurationUnit.YEARS));
        assertThatThrownBy(() -> LifeTableHazard.ofText(german.replace("0,04", "0.04"), "small"))
                .hasMessageContaining("this number has a comma and '0.04' (row 6, column 'rate') a point");
    }

    @Test
    void unitsConvert() {
        LifeTableHazard table = LifeTableHazard.ofText(SMALL, "small");
        PiecewiseExponential years = table.lawFor(0.25, "m", DurationUnit.YEARS);
        PiecewiseExponential months = table.lawFor(0.25, "m", DurationUnit.MONTHS);
        PiecewiseExponential days = table.lawFor(0.25, "m", DurationUnit.DAYS);
        assertThat(months.cuts()[0]).isCloseTo(9, within(1e-14));
        for (double t : new double[] {0.1, 0.75, 3, 60}) {
            assertThat(months.survival(12 * t)).isCloseTo(years.survival(t), within(1e-15));
            assertThat(days.survival(365.25 * t)).isCloseTo(years.survival(t), within(1e-15));
        }
    }

    @Test
    void ageAndYearAdvanceTogether() {
        LifeTableHazard table = table();
        PiecewiseExponential law = table.lawFor(30.5, "male", 2008.25, DurationUnit.YEARS);
        double[] rates = law.rates();
        double base = 2e-5;
        assertThat(law.cuts()).startsWith(0.5, 0.75, 1.5, 1.75, 2.5).hasSize(72);
        assertThat(rates[0]).isEqualTo(base * Math.exp(0.1 * 30 - 0.02 * 18));
        assertThat(rates[1]).isEqualTo(base * Math.exp(0.1 * 31 - 0.02 * 18));
        assertThat(rates[2]).isEqualTo(base * Math.exp(0.1 * 31 - 0.02 * 19));
        // the year 2010 stays, age goes on to 100 and stays
        assertThat(rates[rates.length - 1]).isEqualTo(base * Math.exp(0.1 * 100 - 0.02 * 20));
        assertThat(table.years()).hasSize(21).startsWith(1990).endsWith(2010);
        assertThat(table.lawFor(0, "male", 2500, DurationUnit.YEARS).rates()).hasSize(101);
    }

    @Test
    void probabilitiesBecomeRates() {
        LifeTableHazard table = LifeTableHazard.ofText("AGE;Sex;q\n0;all;0.1\n1;all;0\n", "q");
        PiecewiseExponential law = table.lawFor(0, "all", DurationUnit.YEARS);
        assertThat(law.survival(1)).isCloseTo(0.9, within(1e-16));
        assertThat(law.survival(80)).isCloseTo(0.9, within(1e-16));
    }

    @Test
    void filesAreRead(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("table.csv");
        Files.writeString(file, SMALL);
        assertThat(LifeTableHazard.read(file).lawFor(2, "f", DurationUnit.YEARS).rates())
                .containsExactly(0.001, 0.02);
        Path missing = folder.resolve("none.csv");
        assertThatThrownBy(() -> LifeTableHazard.read(missing))
                .isInstanceOf(FileException.class)
                .hasMessage(missing + " does not exist");
        assertThatThrownBy(() -> LifeTableHazard.read(folder)).isInstanceOf(FileException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|t: no rows; allowed: one or more under the header",
                "'age,sex,rate'|t: no rows; allowed: one or more under the header",
                "'age,rate\n1,2'|t, line 1: columns are [age, rate]; allowed: age, sex, one of rate and q, and perhaps"
                        + " year, each once",
                "'age,sex,rate,q\n1,f,2,0.1'|t, line 1: columns are [age, sex, rate, q]; allowed: age, sex, one of rate"
                        + " and q, and perhaps year, each once",
                "'age,sex,rate\n1,f'|t, row 1, line 2: 2 fields; allowed: 3, as in the header",
                "'age,sex,rate\n1,f,x'|t, row 1, line 2, column 'rate', value 'x': not a number; allowed: 0 or more",
                "'age,sex,rate\n1,f,-1'|t, row 1, line 2, column 'rate', value '-1': outside its range; allowed: 0 or"
                        + " more",
                "'age,sex,rate\n-1,f,1'|t, row 1, line 2, column 'age', value '-1': outside its range; allowed: 0 or"
                        + " more",
                "'age,sex,q\n1,f,1'|t, row 1, line 2, column 'q', value '1': outside its range; allowed: 0 <= q < 1",
                "'age,sex,rate\n1,,1'|t, row 1, line 2, column 'sex', value '': missing; allowed: a name",
                "'age,sex,year,rate\n1,f,2000.5,1'|t, row 1, line 2, column 'year', value '2000.5': not a whole year;"
                        + " allowed: such as 2004",
                "'age,sex,rate\n1,f,1\n1,f,2'|t, row 2, line 3, column 'age', value '1': this age was given before for"
                        + " the same sex and year",
                "'age,sex,rate\n1,f,1\n2,m,2'|t: sex m has ages [2.0], not [1.0]",
                "'age,sex,year,rate\n1,f,2000,1\n1,f,2001,1\n1,m,2000,1'|t: sex m has years [2000], not [2000, 2001]",
                "'age,sex,year,rate\n1,f,2000,1\n2,f,2001,1'|t: sex f, year 2001 has ages [2.0], not [1.0]",
            })
    void badTables(String text, String message) {
        assertThatThrownBy(() -> LifeTableHazard.ofText(text, "t"))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(message);
    }

    @Test
    void everyBadRowIsListed() {
        assertThatThrownBy(() -> LifeTableHazard.ofText("age,sex,rate\nx,f,1\n1,f,y\n", "t"))
                .isInstanceOfSatisfying(
                        InvalidDataException.class,
                        e -> assertThat(e.problems()).hasSize(2));
    }

    @Test
    void badQuestions() {
        LifeTableHazard small = LifeTableHazard.ofText(SMALL, "small");
        LifeTableHazard large = table();
        bad(() -> small.lawFor(1, "x", DurationUnit.DAYS), "sex is x; allowed: one of [f, m]");
        bad(() -> small.lawFor(-1, "f", DurationUnit.DAYS), "age is -1.0; allowed: 0.0 <= age < infinity");
        bad(() -> small.lawFor(Double.NaN, "f", DurationUnit.DAYS), "age is NaN; allowed: 0.0 <= age < infinity");
        bad(
                () -> small.lawFor(1, "f", 2000, DurationUnit.DAYS),
                "the life table has no calendar years; allowed: give no year");
        bad(
                () -> large.lawFor(1, "male", DurationUnit.DAYS),
                "the life table has calendar years; allowed: give the year of time 0");
        bad(() -> large.lawFor(1, "male", 1989.9, DurationUnit.DAYS), "year is 1989.9; allowed: year >= 1990");
        bad(() -> large.lawFor(1, "male", Double.NaN, DurationUnit.DAYS), "year is NaN; allowed: a finite number");
    }

    private static void bad(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(InvalidArgumentException.class).hasMessage(message);
    }
}
