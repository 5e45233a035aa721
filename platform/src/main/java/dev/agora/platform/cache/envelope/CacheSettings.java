package dev.agora.platform.cache.envelope;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long cached objects live, and how hard the origin may be asked.
 *
 * @param softLife after this an object is still answered, and refreshed behind the answer
 * @param hardLife after this an object is gone
 * @param jitter share by which both lives are shortened, by up to this much, per key
 * @param absentLife how long "there is none" is remembered
 * @param tombstoneLife how long a removal is remembered; longer than any load may take
 * @param loadDeadline the longest a read of the origin may take
 * @param leaseLife after this the lease of a dead loader is free again
 * @param leaseWait the longest a reader waits for another's load before it reads itself
 * @param leasePoll the first pause between two looks at another's load; doubles
 * @param directReads reads of the origin at a time, per process, outside a lease
 * @param directWait the longest a read waits for its turn before it is refused
 */
@ConfigurationProperties("agora.cache")
public record CacheSettings(@DefaultValue("5m") Duration softLife, @DefaultValue("1h") Duration hardLife,
		@DefaultValue("0.2") double jitter, @DefaultValue("30s") Duration absentLife,
		@DefaultValue("30s") Duration tombstoneLife, @DefaultValue("2s") Duration loadDeadline,
		@DefaultValue("3s") Duration leaseLife, @DefaultValue("1s") Duration leaseWait,
		@DefaultValue("10ms") Duration leasePoll, @DefaultValue("128") int directReads,
		@DefaultValue("250ms") Duration directWait) {

	public CacheSettings {
		if (tombstoneLife.compareTo(loadDeadline) <= 0) {
			throw new IllegalArgumentException("A tombstone must outlive the deadline of a load.");
		}
		if (leaseLife.compareTo(loadDeadline) <= 0) {
			throw new IllegalArgumentException("A lease must outlive the deadline of a load.");
		}
		if (jitter < 0 || jitter >= 1) {
			throw new IllegalArgumentException("The jitter is a share from 0 to below 1.");
		}
	}
}
