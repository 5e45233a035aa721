package dev.agora.launcher.load;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import tools.jackson.databind.json.JsonMapper;

import dev.agora.launcher.load.api.ApiClient;
import dev.agora.launcher.load.imports.FileImport;
import dev.agora.launcher.load.imports.ImportJob;
import dev.agora.launcher.load.imports.ImportKind;
import dev.agora.launcher.load.imports.Refusals;

/** Imports members and follows as an operator, who need not know their passwords. */
final class OperatorImports {

	/**
	 * The hash of {@link DataLoader#PASSWORD}. One salt for all is right only for demo
	 * members, whose password everybody knows.
	 */
	static final String PASSWORD_HASH = "$argon2id$v=19$m=19456,t=2,p=1$YWdvcmEtZGVtby1zYWx0IQ$7mn504A12rUkgeGZZK3Tv8L+uAm78x3IaSgVbzbKWz0";

	/** Repetitions after which follows that are still refused stay so. */
	private static final int MAX_VAIN_REPETITIONS = 10;

	private final FileImport<Map.Entry<String, String>> members;

	private final FileImport<Follow> follows;

	private final Duration pause;

	/**
	 * Creates imports.
	 * @param token the token of the operator
	 * @param pause the pause before refused follows are imported again
	 */
	OperatorImports(ApiClient api, String token, Duration pause) {
		this.members = new FileImport<>(new ImportJob(api, token, ImportKind.MEMBERS, ImportJob.MAX_WAIT),
				OperatorImports::toLine);
		this.follows = new FileImport<>(new ImportJob(api, token, ImportKind.FOLLOWS, ImportJob.MAX_WAIT),
				(follow) -> follow.follower() + " " + follow.followee());
		this.pause = pause;
	}

	private static String toLine(Map.Entry<String, String> member) {
		return JsonMapper.shared()
			.writeValueAsString(new TreeMap<>(
					Map.of("handle", member.getKey(), "name", member.getValue(), "passwordHash", PASSWORD_HASH)));
	}

	/** Imports members by handle, with their names; returns those that were refused. */
	Refusals<Map.Entry<String, String>> importMembers(Map<String, String> names) throws InterruptedException {
		return this.members.run(List.copyOf(names.entrySet()));
	}

	/**
	 * Imports follows; returns those that were refused. Graph-service refuses follows
	 * until it has received the events of their members, so the refused ones are imported
	 * again while they become fewer.
	 */
	Refusals<Follow> importFollows(List<Follow> wanted) throws InterruptedException {
		Refusals<Follow> refused = this.follows.run(wanted);
		int vain = 0;
		while (refused.count() > 0 && vain < MAX_VAIN_REPETITIONS) {
			TimeUnit.MILLISECONDS.sleep(this.pause.toMillis());
			Refusals<Follow> next = this.follows.run(refused.items());
			vain = (next.count() < refused.count()) ? 0 : vain + 1;
			refused = next;
		}
		return refused;
	}

}
