package dev.agora.platform.kafka.watermark;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;

import dev.agora.platform.kafka.EventHeaders;
import dev.agora.platform.watermark.Watermark;

/**
 * Writes watermarks to records and reads them. Listeners that do not know them ignore
 * them, as they do with every event of an unknown type.
 */
public final class WatermarkRecords {

	/** The time in milliseconds. Only a watermark has this header. */
	private static final String TIME = "agora_watermark";

	/** The number of partitions that got the same watermark. */
	private static final String PARTITIONS = "agora_partitions";

	private WatermarkRecords() {
	}

	public static ProducerRecord<String, byte[]> create(Watermark mark) {
		RecordHeaders headers = new RecordHeaders();
		EventHeaders.put(headers, EventHeaders.TYPE, "agora.watermark");
		EventHeaders.put(headers, TIME, Long.toString(mark.time()));
		EventHeaders.put(headers, PARTITIONS, Integer.toString(mark.partitions()));
		return new ProducerRecord<>(mark.topic(), mark.partition(), (String) null, new byte[0], headers);
	}

	public static boolean isWatermark(ConsumerRecord<String, byte[]> received) {
		return received.headers().lastHeader(TIME) != null;
	}

	/** Reads the last watermark of each partition in a batch. */
	public static Collection<Watermark> readLast(List<ConsumerRecord<String, byte[]>> batch) {
		Map<Integer, Watermark> last = new LinkedHashMap<>();
		batch.stream()
			.filter(WatermarkRecords::isWatermark)
			.flatMap((received) -> read(received).stream())
			.forEach((mark) -> last.put(mark.partition(), mark));
		return last.values();
	}

	/** Reads a watermark; empty if the record is unreadable. */
	private static Optional<Watermark> read(ConsumerRecord<String, byte[]> received) {
		String time = EventHeaders.get(received.headers(), TIME);
		String partitions = EventHeaders.get(received.headers(), PARTITIONS);
		boolean readable = time != null && time.matches("[0-9]{1,15}") && partitions != null
				&& partitions.matches("[0-9]{1,5}");
		return readable ? Optional.of(new Watermark(received.topic(), received.partition(),
				Integer.parseInt(partitions), Long.parseLong(time))) : Optional.empty();
	}

}
