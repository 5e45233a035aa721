package dev.agora.feed.exports;

import java.util.Map;
import java.util.TreeMap;

/**
 * The result of an export.
 *
 * @param download the path of the file
 * @param records the number of records of all services
 * @param recordsByService the number of records of each service
 */
public record ExportResult(String download, long records, Map<String, Long> recordsByService) {

	static ExportResult of(String id, Export export) {
		Map<String, Long> byService = new TreeMap<>();
		export.parts().forEach((part) -> byService.put(part.service(), part.records()));
		return new ExportResult("/api/v1/feed/exports/" + id, export.records(), byService);
	}

}
