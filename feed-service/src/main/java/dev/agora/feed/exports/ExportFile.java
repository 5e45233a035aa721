package dev.agora.feed.exports;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;

import reactor.core.publisher.Flux;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.platform.document.Stored;
import dev.agora.platform.exports.ExportLine;

/**
 * The file of a complete export. Its first line says how many records of each service
 * follow, by which a reader can check that nothing is missing.
 */
final class ExportFile {

	private final Stored<Export> export;

	private final byte[] firstLine;

	ExportFile(Stored<Export> export, JsonMapper json) {
		this.export = export;
		Export value = export.value();
		Contents contents = new Contents(export.id(), value.member(), value.requestedAt(),
				ExportResult.of(export.id(), value).recordsByService());
		this.firstLine = (json.writeValueAsString(new ExportLine("feed-service", "export", contents)) + "\n")
			.getBytes(StandardCharsets.UTF_8);
	}

	/** Returns the length in bytes. */
	long length() {
		return this.firstLine.length + this.export.value().bytes();
	}

	/** Reads the file, one chunk at a time. */
	Flux<byte[]> read(ExportChunks chunks) {
		return Flux.just(this.firstLine)
			.concatWith(Flux.fromIterable(this.export.value().parts())
				.concatMap((part) -> chunks.read(ExportChunks.runOf(this.export.id(), part.service(), part.run()),
						part.chunks()), 1));
	}

	/**
	 * The data of the first line.
	 *
	 * @param id the id of the export
	 * @param member the id of the member
	 * @param requestedAt when the services were requested to send their parts: what the
	 * member did before is in the file
	 * @param records the number of records of each service
	 */
	record Contents(String id, String member, Instant requestedAt, Map<String, Long> records) {
	}

}
