package dev.agora.measure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import tools.jackson.databind.JsonNode;

/** Members who import files of products. */
final class QueueLoad {

	static final int OWNERS = 6;

	private final List<Visitor> owners = new ArrayList<>();

	/** The files that are imported again and again, which changes nothing. */
	private final List<byte[]> files = new ArrayList<>();

	private int imported;

	/**
	 * Registers members, each of whom imports a file.
	 * @param rows the rows of each file
	 */
	QueueLoad(String gateway, int owners, int rows) throws IOException, InterruptedException {
		for (int owner = 0; owner < owners; owner++) {
			this.owners.add(new Visitor(gateway));
			this.files.add(newRows(rows));
			this.owners.get(owner).importProducts(this.files.get(owner));
		}
	}

	private byte[] newRows(int rows) {
		int first = this.imported;
		this.imported += rows;
		return IntStream.range(first, this.imported)
			.mapToObj((row) -> "k%d,Product %d,An imported product with a short text,imported,9.50,EUR,5".formatted(row,
					row))
			.collect(Collectors.joining("\n", "key,title,description,category,price,currency,stock\n", "\n"))
			.getBytes(StandardCharsets.UTF_8);
	}

	/** Imports a file of new products while no other job waits. */
	Answer importNew(int rows) throws IOException, InterruptedException {
		Visitor owner = this.owners.get(0);
		byte[] file = newRows(rows);
		long start = System.nanoTime();
		JsonNode accepted = owner.upload(file);
		double response = (System.nanoTime() - start) / 1e9;
		Answer answer = new Answer(rows, response, seconds(List.of(requireSuccess(owner, accepted)), "startedAt"));
		System.out.printf("%d rows: response after %.3f s, work of %.2f s%n", rows, answer.response(), answer.work());
		return answer;
	}

	/** Queues imports of all owners in turn; returns the imports done a minute. */
	double runJobs(int number) throws IOException, InterruptedException {
		List<JsonNode> accepted = new ArrayList<>();
		for (int job = 0; job < number; job++) {
			int owner = job % this.owners.size();
			accepted.add(this.owners.get(owner).upload(this.files.get(owner)));
		}
		List<JsonNode> ended = new ArrayList<>();
		for (int job = 0; job < number; job++) {
			ended.add(requireSuccess(this.owners.get(job % this.owners.size()), accepted.get(job)));
		}
		return number / seconds(ended, "createdAt") * 60;
	}

	private static JsonNode requireSuccess(Visitor owner, JsonNode job) throws IOException, InterruptedException {
		JsonNode ended = owner.awaitJob("products", job);
		if (!ended.path("state").asString().equals("SUCCEEDED") || ended.at("/result/failed").asInt() > 0) {
			throw new Problem("An import has ended as " + ended);
		}
		return ended;
	}

	/** Returns the time from the first value of a field until the last job ended. */
	private static double seconds(List<JsonNode> jobs, String from) {
		Instant start = jobs.stream().map((job) -> at(job, from)).min(Comparator.naturalOrder()).orElseThrow();
		Instant end = jobs.stream().map((job) -> at(job, "finishedAt")).max(Comparator.naturalOrder()).orElseThrow();
		return Duration.between(start, end).toNanos() / 1e9;
	}

	private static Instant at(JsonNode job, String field) {
		return Instant.parse(job.path(field).asString());
	}

	/**
	 * An import of new products.
	 *
	 * @param rows the rows of the file
	 * @param response the time until the response in seconds
	 * @param work the time that the job ran in seconds
	 */
	record Answer(int rows, double response, double work) {

		List<String> cells() {
			return List.of(String.valueOf(this.rows), "%.3f".formatted(this.response), "%.2f".formatted(this.work));
		}

	}

}
