package io.trapline.streams.cost;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.schemas.avro.HotSpot;
import io.trapline.streams.core.Level;
import io.trapline.streams.core.SavedItems;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HotSpotsTest {
    private static final int VMX = 1;

    /** What Space-Saving promises, against counts of everything. */
    @Test
    void noFrequentPlaceIsMissingAndTheErrorIsHonest() {
        for (long seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            HotSpots spots = new HotSpots();
            Map<Long, Long> exits = new HashMap<>();
            Map<Long, Long> times = new HashMap<>();
            int total = 20_000;
            for (int i = 0; i < total; i++) {
                long address = (long) Math.abs(random.nextGaussian() * random.nextGaussian() * 100);
                long time = random.nextInt(1_000);
                spots.add(Level.L1, VMX, 48, address, time);
                exits.merge(address, 1L, Long::sum);
                times.merge(address, time, Long::sum);
            }

            assertThat(spots.rows()).hasSizeLessThanOrEqualTo(HotSpots.PLACES_MAX);
            for (HotSpot spot : spots.rows()) {
                long real = exits.get(spot.getAddress());
                assertThat(real).isBetween(spot.getExits() - spot.getError(), spot.getExits());
                assertThat(spot.getTime()).isLessThanOrEqualTo(times.get(spot.getAddress()));
                if (spot.getError() == 0) {
                    assertThat(spot.getExits()).isEqualTo(real);
                }
            }
            List<Long> listed = spots.rows().stream().map(HotSpot::getAddress).toList();
            exits.forEach((address, count) -> assertThat(listed.contains(address) || count <= spots.unlisted())
                    .as("%d exits at %d", count, address)
                    .isTrue());
            assertThat(spots.unlisted()).isLessThanOrEqualTo(total / (HotSpots.PLACES_MAX / 3));
        }
    }

    @Test
    void levelAndReasonTellPlacesApart() {
        HotSpots spots = new HotSpots();
        spots.add(Level.L1, VMX, 48, 0x1000, 5);
        spots.add(Level.L2, VMX, 48, 0x1000, 5);
        spots.add(Level.L1, 2, -1, 0x1000, 5);
        spots.add(Level.L1, VMX, 0x8000_0021L, 0x1000, 5);

        assertThat(spots.rows())
                .extracting(spot -> spot.getLevel() + " " + spot.getIsa() + " " + spot.getReason())
                .containsExactlyInAnyOrder("L1 1 48", "L2 1 48", "L1 2 -1", "L1 1 " + 0x8000_0021L);
    }

    /** As many as a guest kernel has: they come round and round, and none is forgotten. */
    @Test
    void ninetyPlacesThatComeInTurnAreAllCountedExactly() {
        HotSpots spots = new HotSpots();
        for (int i = 0; i < 90_000; i++) {
            spots.add(Level.L1, VMX, 48, i % 90, 2);
        }

        assertThat(spots.rows())
                .hasSize(90)
                .allSatisfy(spot -> assertThat(List.of(spot.getExits(), spot.getError(), spot.getTime()))
                        .containsExactly(1_000L, 0L, 2_000L));
    }

    @Test
    void storedAndTakenBackTheyCountOn() {
        HotSpots whole = new HotSpots();
        HotSpots stored = new HotSpots();
        Random random = new Random(1);
        for (int i = 0; i < 5_000; i++) {
            long address = random.nextInt(500);
            whole.add(Level.L1, VMX, 10, address, i);
            stored.add(Level.L1, VMX, 10, address, i);
            if (i % 50 == 0) {
                SavedItems saved = new SavedItems();
                stored.each(saved);
                stored = new HotSpots();
                stored.each(saved.reader());
            }
        }
        assertThat(stored.rows()).isEqualTo(whole.rows());
    }
}
