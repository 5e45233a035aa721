package dev.agora.feed.live.log;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.apache.kafka.common.TopicPartition;

/**
 * Up to where a client has received the events of each partition. The ids of events have
 * this form, so that every instance knows what a client lacks.
 */
public final class Position {

	private static final int MAX_LENGTH = 4_096;

	private static final int MAX_PARTITIONS = 1_000;

	private static final int MAX_VARINT = 9;

	private final Instant at;

	private final Map<TopicPartition, Long> next;

	/**
	 * Creates a position.
	 * @param at the time at which a client reached it
	 * @param next the offset of the next event of each partition
	 */
	Position(Instant at, Map<TopicPartition, Long> next) {
		this.at = at;
		this.next = Map.copyOf(next);
	}

	/** Decodes the id of an event; empty if it is none. */
	public static Optional<Position> decode(String text) {
		if (text.length() > MAX_LENGTH) {
			return Optional.empty();
		}
		try {
			return decode(ByteBuffer.wrap(Base64.getUrlDecoder().decode(text)));
		}
		catch (IllegalArgumentException | BufferUnderflowException | ArithmeticException ex) {
			return Optional.empty();
		}
	}

	private static Optional<Position> decode(ByteBuffer bytes) {
		Instant at = Instant.ofEpochMilli(readNumber(bytes));
		Map<TopicPartition, Long> next = new HashMap<>();
		// An id of a later build may have more topics, and one of an earlier build fewer.
		for (String topic : LiveTopics.SENT) {
			long partitions = bytes.hasRemaining() ? readNumber(bytes) : 0;
			if (partitions > MAX_PARTITIONS) {
				return Optional.empty();
			}
			for (int partition = 0; partition < partitions; partition++) {
				next.put(new TopicPartition(topic, partition), readNumber(bytes));
			}
		}
		return Optional.of(new Position(at, next));
	}

	/** Returns the time at which a client reached this position. */
	public Instant at() {
		return this.at;
	}

	/** Returns the offset of the next event of a partition, 0 if none is known. */
	long next(TopicPartition partition) {
		return this.next.getOrDefault(partition, 0L);
	}

	Map<TopicPartition, Long> offsets() {
		return this.next;
	}

	/** Encodes this position as the id of an event. */
	public String encode() {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		writeNumber(bytes, this.at.toEpochMilli());
		for (String topic : LiveTopics.SENT) {
			List<Long> offsets = offsets(topic);
			writeNumber(bytes, offsets.size());
			offsets.forEach((offset) -> writeNumber(bytes, offset));
		}
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
	}

	private List<Long> offsets(String topic) {
		List<Long> offsets = new ArrayList<>();
		for (Long offset = this.next.get(new TopicPartition(topic, 0)); offset != null; offset = this.next
			.get(new TopicPartition(topic, offsets.size()))) {
			offsets.add(offset);
		}
		return offsets;
	}

	/** Writes seven bits a byte, the lowest first. */
	private static void writeNumber(ByteArrayOutputStream bytes, long number) {
		long rest = number;
		while (rest > 0x7f) {
			bytes.write((int) (rest & 0x7f) | 0x80);
			rest >>>= 7;
		}
		bytes.write((int) rest);
	}

	private static long readNumber(ByteBuffer bytes) {
		long number = 0;
		for (int at = 0; at < MAX_VARINT; at++) {
			byte next = bytes.get();
			number |= (next & 0x7fL) << (7 * at);
			if (next >= 0) {
				return number;
			}
		}
		throw new IllegalArgumentException("The number is too large.");
	}

	@Override
	public String toString() {
		return this.next.toString();
	}

}
