package dev.agora.platform.cache.envelope;

import java.time.Clock;
import java.time.Duration;

import dev.agora.platform.cache.envelope.CacheLookup.Outcome;
import dev.agora.platform.cache.envelope.Envelope.Kind;
import dev.agora.platform.cache.envelope.Envelope.Times;

/**
 * Converts objects of one type into entries and back, and sets the lifetimes of entries.
 */
public final class EnvelopeCodec<T> {

	private static final byte[] NO_VALUE = {};

	/** The share by which the lifetimes of an entry are shortened at most. */
	private static final double JITTER = 0.2;

	private final ValueCodec<T> values;

	private final CacheSettings settings;

	private final Clock clock;

	public EnvelopeCodec(ValueCodec<T> values, CacheSettings settings, Clock clock) {
		this.values = values;
		this.settings = settings;
		this.clock = clock;
	}

	public CacheLookup<T> read(Envelope envelope) {
		if (envelope == Envelope.UNAVAILABLE) {
			return new CacheLookup<>(Outcome.BYPASS, null);
		}
		return switch (envelope.kind()) {
			case MISSING -> new CacheLookup<>((envelope.bytes().length == 0) ? Outcome.MISS : Outcome.UNREADABLE, null);
			case FENCE -> new CacheLookup<>(Outcome.MISS, null);
			case ABSENT, TOMBSTONE -> new CacheLookup<>(Outcome.ABSENT, null);
			case VALUE -> decode(envelope);
		};
	}

	public CachePut value(String id, long version, T value) {
		// By hash, so that entries stored together do not expire together.
		double share = 1 - JITTER * Math.floorMod(id.hashCode() * 31L + version, 1000L) / 1000;
		Envelope envelope = Envelope.of(Kind.VALUE, version, times(part(this.settings.refreshAfter(), share)),
				this.values.write(value));
		return new CachePut(envelope, part(this.settings.expireAfter(), share));
	}

	/**
	 * A negative entry that replaces the entry which the reader saw, and no later one.
	 */
	public CachePut absent(Envelope seen) {
		long version = (seen.kind() == Kind.VALUE) ? seen.version() + 1 : seen.version();
		return put(Kind.ABSENT, version, this.settings.negativeTtl());
	}

	public CachePut tombstone(long version) {
		return put(Kind.TOMBSTONE, version, this.settings.tombstoneTtl());
	}

	public CachePut fence(long version) {
		return put(Kind.FENCE, version, this.settings.tombstoneTtl());
	}

	private CachePut put(Kind kind, long version, Duration ttl) {
		return new CachePut(Envelope.of(kind, version, times(ttl), NO_VALUE), ttl);
	}

	private Times times(Duration fresh) {
		long now = this.clock.millis();
		return new Times(now, now + fresh.toMillis());
	}

	private static Duration part(Duration lifetime, double share) {
		return Duration.ofMillis(Math.max(1, Math.round(lifetime.toMillis() * share)));
	}

	private CacheLookup<T> decode(Envelope envelope) {
		T value = this.values.read(envelope.bytes(), Envelope.HEADER_LENGTH);
		if (value == null) {
			return new CacheLookup<>(Outcome.UNREADABLE, null);
		}
		return new CacheLookup<>(envelope.isFreshAt(this.clock.millis()) ? Outcome.HIT : Outcome.STALE, value);
	}

}
