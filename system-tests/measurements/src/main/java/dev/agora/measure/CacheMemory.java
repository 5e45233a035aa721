package dev.agora.measure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Measures the hit ratio of the cache with less memory than all its objects need. */
final class CacheMemory {

	private static final List<Integer> PERCENTAGES = List.of(5, 10, 25, 50, 75, 100);

	private static final String MEMORY = "maxmemory";

	private final CacheReads reads;

	CacheMemory(CacheReads reads) {
		this.reads = reads;
	}

	/**
	 * Measures from the least memory to the most, and restores the settings of Redis.
	 * Beside the objects, Redis needs memory for its connections, which does not count.
	 */
	List<Share> measure() throws IOException, InterruptedException {
		Redis redis = this.reads.redis();
		String before = redis.setting(MEMORY);
		try {
			redis.flush();
			long empty = redis.usedMemory();
			this.reads.readAll();
			long objects = Math.max(1, redis.usedMemory() - empty);
			System.out.printf("All products take %d KiB of Redis.%n", objects >> 10);
			List<Share> shares = new ArrayList<>();
			for (int percent : PERCENTAGES) {
				redis.configure(MEMORY, String.valueOf(empty + (objects * percent) / 100));
				// The first reads evict what no longer has room.
				this.reads.measure(true);
				shares.add(new Share(percent, ((objects * percent) / 100) >> 10, this.reads.measure(true).hitRatio()));
			}
			return shares;
		}
		finally {
			redis.configure(MEMORY, before);
		}
	}

	/**
	 * The hit ratio with some memory.
	 *
	 * @param percent the memory as a percentage of what all objects take
	 * @param kibibytes the memory
	 * @param hitRatio the share of the reads that the cache answered
	 */
	record Share(int percent, long kibibytes, double hitRatio) {

		List<String> cells() {
			return List.of("%d %%, %d KiB".formatted(this.percent, this.kibibytes), "%.3f".formatted(this.hitRatio));
		}

	}

}
