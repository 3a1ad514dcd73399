package io.trapline.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.schemas.avro.HotSpot;
import io.trapline.schemas.avro.HotSpotsRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HotPlacesSumTest {
    private static final int VMX = 1;
    private static final long CPUID = 10;

    /** Each vCPU says something true of places it lists and of those that it does not: so does the sum. */
    @Test
    void theRangesOfAVmHoldWhatItsVcpusReallyHad() {
        for (long seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            Map<Long, Long> real = new HashMap<>();
            List<HotSpotsRow> rows = new ArrayList<>();
            for (int vcpu = 0; vcpu < 4; vcpu++) {
                rows.add(vcpu(vcpu, random, real));
            }

            List<HotPlaces> sums = HotPlaces.of(rows);

            assertThat(sums).hasSize(1);
            HotPlaces sum = sums.get(0).listed();
            assertThat(sum.places()).hasSize(HotPlaces.LISTED_MAX).isSortedAccordingTo(HotPlace.ORDER);
            sum.places()
                    .forEach(place ->
                            assertThat(real.remove(place.name().address())).isBetween(place.least(), place.exits()));
            assertThat(real.values()).allMatch(count -> count <= sum.unlisted());
        }
    }

    /** Lists some places with a range around the truth, and no more than it says of the others. */
    private static HotSpotsRow vcpu(int vcpu, Random random, Map<Long, Long> real) {
        List<HotSpot> spots = new ArrayList<>();
        long unlisted = random.nextInt(20);
        for (long address = 0; address < 60; address++) {
            long exits = random.nextInt(100);
            real.merge(address, exits, Long::sum);
            if (exits > unlisted || exits > 0 && random.nextBoolean()) {
                long over = random.nextLong(unlisted + 1);
                long error = over + random.nextLong(Math.min(exits, unlisted + 1));
                spots.add(new HotSpot("L1", VMX, CPUID, address, exits + over, error, exits));
            }
        }
        return new HotSpotsRow("live", "run", "vm", vcpu, "rip", spots, unlisted);
    }

    @Test
    void aPlaceThatAllVcpusListIsExactWhateverTheyLeaveOut() {
        HotSpot spot = new HotSpot("L1", VMX, CPUID, 0x1000L, 7L, 0L, 70L);

        HotPlaces sum = HotPlaces.of(List.of(
                        new HotSpotsRow("live", "run", "vm", 0, "rip", List.of(spot), 5L),
                        new HotSpotsRow("live", "run", "vm", 1, "rip", List.of(spot), 3L)))
                .get(0);

        assertThat(sum.places()).singleElement().satisfies(place -> {
            assertThat(place.exits()).isEqualTo(14);
            assertThat(place.error()).isZero();
            assertThat(place.time()).hasToString("140");
        });
        assertThat(sum.unlisted()).isEqualTo(8);
    }

    @Test
    void aVcpuThatDoesNotListAPlaceMayHaveHadAllThatItLeavesOut() {
        HotSpot spot = new HotSpot("L1", VMX, CPUID, 0x1000L, 7L, 0L, 70L);

        HotPlaces sum = HotPlaces.of(List.of(
                        new HotSpotsRow("live", "run", "vm", 0, "rip", List.of(spot), 5L),
                        new HotSpotsRow("live", "run", "vm", 1, "rip", List.of(), 3L)))
                .get(0);

        assertThat(sum.places()).singleElement().satisfies(place -> {
            assertThat(place.exits()).isEqualTo(10);
            assertThat(place.error()).isEqualTo(3);
        });
    }
}
