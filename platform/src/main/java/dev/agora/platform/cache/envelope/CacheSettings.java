package dev.agora.platform.cache.envelope;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Lifetimes of cached objects, and limits on reads of their origin.
 *
 * @param refreshAfter the age at which an entry is still served, but refreshed in the
 * background
 * @param expireAfter the age at which an entry is deleted
 * @param negativeTtl the lifetime of a negative entry
 * @param tombstoneTtl the lifetime of a tombstone or a fence; longer than any load
 * @param loadDeadline the maximum time of a read of the origin
 * @param leaseTtl the lifetime of a lease, after which a dead loader no longer holds it;
 * longer than any load
 * @param leaseWait the maximum time that a reader waits for another reader's load; longer
 * than the lease of a dead loader. Zero lets each reader load on its own, for comparisons
 * @param maxOriginReads the maximum number of concurrent reads of the origin without a
 * lease, for each process
 * @param originPermitTimeout the maximum time that a read waits for a permit
 */
@ConfigurationProperties("agora.cache")
public record CacheSettings(@DefaultValue("5m") Duration refreshAfter, @DefaultValue("1h") Duration expireAfter,
		@DefaultValue("30s") Duration negativeTtl, @DefaultValue("30s") Duration tombstoneTtl,
		@DefaultValue("2s") Duration loadDeadline, @DefaultValue("3s") Duration leaseTtl,
		@DefaultValue("3500ms") Duration leaseWait, @DefaultValue("128") int maxOriginReads,
		@DefaultValue("250ms") Duration originPermitTimeout) {

	public CacheSettings {
		if (tombstoneTtl.compareTo(loadDeadline) <= 0) {
			throw new IllegalArgumentException("agora.cache.tombstone-ttl must be longer than load-deadline.");
		}
		if (leaseTtl.compareTo(loadDeadline) <= 0) {
			throw new IllegalArgumentException("agora.cache.lease-ttl must be longer than load-deadline.");
		}
		if (!leaseWait.isZero() && leaseWait.compareTo(leaseTtl) <= 0) {
			throw new IllegalArgumentException("agora.cache.lease-wait must be longer than lease-ttl.");
		}
	}
}
