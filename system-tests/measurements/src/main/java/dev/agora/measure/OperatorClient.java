package dev.agora.measure;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import tools.jackson.databind.JsonNode;

/** A member who is an operator for one measurement, and imports files. */
final class OperatorClient {

	private static final int MAX_REPEATS = 120;

	private final Visitor member;

	/** Registers a member, and makes them an operator by the management port. */
	OperatorClient(RunningSystem system) throws IOException, InterruptedException {
		this.member = new Visitor(system.gatewayUrl());
		String management = system.instances("session-service").values().iterator().next().managementUrl();
		HttpRequest grant = HttpRequest.newBuilder(URI.create(management + "/actuator/operators"))
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString("{\"handle\": \"" + this.member.handle() + "\"}"))
			.build();
		HttpResponse<String> response = HttpClient.newHttpClient().send(grant, HttpResponse.BodyHandlers.ofString());
		if (response.statusCode() != 200) {
			throw new Problem("The grant got " + response.statusCode() + ": " + response.body());
		}
		// The gateways have received the change after a second.
		TimeUnit.SECONDS.sleep(2);
	}

	/** Imports members, one JSON object a line. */
	Outcome importMembers(String lines) throws IOException, InterruptedException {
		return run("members", "application/x-ndjson", lines);
	}

	/** Imports follows, two handles a line. */
	Outcome importFollows(String lines) throws IOException, InterruptedException {
		return run("graph", "text/plain", lines);
	}

	/**
	 * Imports follows of members who were imported just before. Graph-service does not
	 * know a member until it has received their event, so the import is repeated until
	 * all follows exist.
	 */
	void importFollowsOfNewMembers(String lines) throws IOException, InterruptedException {
		Outcome outcome = importFollows(lines);
		for (int repeat = 0; repeat < MAX_REPEATS && outcome.count("failed") > 0; repeat++) {
			TimeUnit.SECONDS.sleep(1);
			outcome = importFollows(lines);
		}
		if (outcome.count("failed") > 0) {
			throw new Problem(outcome.count("failed") + " follows failed: " + outcome.result().path("errors").path(0));
		}
	}

	private Outcome run(String path, String type, String lines) throws IOException, InterruptedException {
		long started = System.nanoTime();
		JsonNode job = this.member.upload(path + "/imports", type, lines.getBytes(StandardCharsets.UTF_8));
		job = this.member.awaitJob(path, job);
		String state = job.path("state").asString();
		if (!state.equals("SUCCEEDED")) {
			throw new Problem("The import has ended as " + state + ": " + job.at("/error/detail").asString(""));
		}
		return new Outcome(job.path("result"), (System.nanoTime() - started) / 1e9);
	}

	/**
	 * The outcome of an import.
	 *
	 * @param result the result of the job
	 * @param seconds the time from the upload to the end of the job
	 */
	record Outcome(JsonNode result, double seconds) {

		int count(String field) {
			return this.result.path(field).asInt();
		}

	}

}
