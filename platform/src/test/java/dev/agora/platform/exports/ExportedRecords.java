package dev.agora.platform.exports;

import java.util.Collection;
import java.util.List;
import java.util.Objects;

import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the records that the sources of a service hold about a member. */
public final class ExportedRecords {

	private final Collection<ExportSource> sources;

	private final JsonMapper json;

	/**
	 * Creates a reader.
	 * @param json writes the records as the service does
	 */
	public ExportedRecords(Collection<ExportSource> sources, JsonMapper json) {
		this.sources = sources;
		this.json = json;
	}

	/** Lists the records of one type. */
	public List<JsonNode> list(String type, String member) {
		return read(this.sources.stream().filter((source) -> source.type().equals(type)).toList(), member).stream()
			.map(this.json::readTree)
			.toList();
	}

	/** Returns all records as one text. */
	public String text(String member) {
		return String.join("\n", read(this.sources, member));
	}

	private List<String> read(Collection<ExportSource> read, String member) {
		return Objects.requireNonNull(Flux.fromIterable(read)
			.concatMap((source) -> source.read(member))
			.map(this.json::writeValueAsString)
			.collectList()
			.block());
	}

}
