package dev.agora.platform.cache.envelope;

import java.time.Clock;
import java.time.Duration;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.platform.cache.envelope.CacheLookup.Outcome;
import dev.agora.platform.cache.envelope.Envelope.Kind;
import dev.agora.platform.cache.envelope.Envelope.Times;

/**
 * Turns one kind of object into entries and back, and gives each entry its lives.
 */
public final class EnvelopeCodec<T> {

	private static final byte[] NO_JSON = {};

	private final ObjectReader reader;

	private final ObjectWriter writer;

	private final CacheSettings settings;

	private final Clock clock;

	public EnvelopeCodec(JsonMapper json, Class<T> type, CacheSettings settings, Clock clock) {
		this.reader = json.readerFor(type);
		this.writer = json.writerFor(type);
		this.settings = settings;
		this.clock = clock;
	}

	public CacheLookup<T> read(Envelope envelope) {
		if (envelope == Envelope.UNKNOWN) {
			return new CacheLookup<>(Outcome.BYPASS, null);
		}
		return switch (envelope.kind()) {
			case NOTHING -> new CacheLookup<>((envelope.bytes().length == 0) ? Outcome.MISS : Outcome.UNREADABLE, null);
			case FLOOR -> new CacheLookup<>(Outcome.MISS, null);
			case NONE, REMOVED -> new CacheLookup<>(Outcome.ABSENT, null);
			case VALUE -> decode(envelope);
		};
	}

	public CachePut value(String id, long version, T value) {
		// By hash, so that keys stored together do not end together.
		double share = 1 - this.settings.jitter() * Math.floorMod(id.hashCode() * 31L + version, 1000L) / 1000;
		Envelope envelope = Envelope.of(Kind.VALUE, version, times(part(this.settings.softLife(), share)),
				this.writer.writeValueAsBytes(value));
		return new CachePut(envelope, part(this.settings.hardLife(), share));
	}

	/**
	 * The origin had none where the reader had seen this: replaces just that.
	 */
	public CachePut none(Envelope seen) {
		long version = (seen.kind() == Kind.VALUE) ? seen.version() + 1 : seen.version();
		return new CachePut(Envelope.of(Kind.NONE, version, times(this.settings.absentLife()), NO_JSON),
				this.settings.absentLife());
	}

	public CachePut removed(long version) {
		return tombstone(Kind.REMOVED, version);
	}

	public CachePut floor(long version) {
		return tombstone(Kind.FLOOR, version);
	}

	private CachePut tombstone(Kind kind, long version) {
		Duration life = this.settings.tombstoneLife();
		return new CachePut(Envelope.of(kind, version, times(life), NO_JSON), life);
	}

	private Times times(Duration fresh) {
		long now = this.clock.millis();
		return new Times(now, now + fresh.toMillis());
	}

	private static Duration part(Duration life, double share) {
		return Duration.ofMillis(Math.max(1, Math.round(life.toMillis() * share)));
	}

	private CacheLookup<T> decode(Envelope envelope) {
		try {
			byte[] bytes = envelope.bytes();
			T value = this.reader.readValue(bytes, Envelope.HEAD, bytes.length - Envelope.HEAD);
			if (value == null) {
				return new CacheLookup<>(Outcome.UNREADABLE, null);
			}
			return new CacheLookup<>(envelope.isFreshAt(this.clock.millis()) ? Outcome.HIT : Outcome.STALE, value);
		}
		catch (JacksonException unreadable) {
			return new CacheLookup<>(Outcome.UNREADABLE, null);
		}
	}

}
