package dev.agora.launcher.load;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.launcher.load.api.ApiClient;

/** Imports members and follows as an operator, who need not know their passwords. */
final class OperatorImports {

	/**
	 * The hash of {@link DataLoader#PASSWORD}. One salt for all is right only for demo
	 * members, whose password everybody knows.
	 */
	static final String PASSWORD_HASH = "$argon2id$v=19$m=19456,t=2,p=1$YWdvcmEtZGVtby1zYWx0IQ$7mn504A12rUkgeGZZK3Tv8L+uAm78x3IaSgVbzbKWz0";

	private static final int MAX_ATTEMPTS = 30;

	private static final long PAUSE_MILLIS = 1000;

	private final ApiClient api;

	private final String token;

	OperatorImports(ApiClient api, String token) {
		this.api = api;
		this.token = token;
	}

	/** Imports members by handle, with their names; returns how many were refused. */
	int importMembers(Map<String, String> names) throws InterruptedException {
		String lines = names.entrySet()
			.stream()
			.map((member) -> JsonMapper.shared()
				.writeValueAsString(
						Map.of("handle", member.getKey(), "name", member.getValue(), "passwordHash", PASSWORD_HASH)))
			.collect(Collectors.joining("\n"));
		FileImport members = new FileImport(this.api, this.token, "members", "/members");
		return members.report(members.run(lines.getBytes(StandardCharsets.UTF_8), names.size()));
	}

	/**
	 * Imports follows; returns how many were refused. The import is repeated while
	 * graph-service has not received the events of all members.
	 */
	int importFollows(Collection<Follow> follows) throws InterruptedException {
		String lines = follows.stream()
			.map((follow) -> follow.follower() + " " + follow.followee())
			.collect(Collectors.joining("\n"));
		FileImport edges = new FileImport(this.api, this.token, "follows", "/graph");
		JsonNode result = edges.run(lines, follows.size());
		for (int attempt = 1; attempt < MAX_ATTEMPTS && result.path("failed").asInt() > 0; attempt++) {
			TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
			result = edges.run(lines, follows.size());
		}
		return edges.report(result);
	}

}
