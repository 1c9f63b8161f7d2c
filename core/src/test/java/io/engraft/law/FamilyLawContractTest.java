package io.engraft.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engraft.InvalidArgumentException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What laws that are a {@link LawFamily} must keep besides. */
abstract class FamilyLawContractTest extends LawContractTest {

    @ParameterizedTest
    @MethodSource("laws")
    void valuesAndEquality(LawOfTime law) {
        LawFamily family = LawFamily.parse(law.name());
        assertThat(law.parameters().keySet()).containsExactlyElementsOf(family.parameterNames());
        LawOfTime again = family.of(law.parameters());
        assertThat(again).isEqualTo(law).hasSameHashCodeAs(law).isNotSameAs(law);
        assertThat(again).isNotEqualTo(Exponential.of(99)).isNotEqualTo("law");
        assertThat(law.toString()).startsWith(law.name());
    }

    @Test
    void badParametersAreNamed() {
        LawFamily family = LawFamily.parse(laws().get(0).name());
        for (String name : family.parameterNames()) {
            for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
                Map<String, Double> map = new HashMap<>();
                family.parameterNames().forEach(n -> map.put(n, 1.0));
                map.put(name, bad);
                assertThatThrownBy(() -> family.of(map))
                        .isInstanceOf(InvalidArgumentException.class)
                        .hasMessageStartingWith(name + " is " + bad + "; allowed: ");
            }
        }
    }
}
