package dev.agora.measure;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** New members, half of all pairs of whom are friends. */
final class FriendCircle {

	private static final long SEED = 12;

	private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final String gateway;

	private final RunningSystem system;

	private final List<Visitor> visitors = new ArrayList<>();

	private final List<String> ids = new ArrayList<>();

	FriendCircle(RunningSystem system, int members) throws IOException, InterruptedException {
		this.gateway = system.gatewayUrl();
		this.system = system;
		for (int number = 0; number < members; number++) {
			Visitor visitor = new Visitor(this.gateway);
			this.visitors.add(visitor);
			this.ids.add(visitor.get("members/me").path("id").asString());
		}
		SplittableRandom random = new SplittableRandom(SEED);
		for (int one = 0; one < members; one++) {
			for (int other = one + 1; other < members; other++) {
				if (random.nextBoolean()) {
					follow(one, other);
					follow(other, one);
				}
			}
		}
	}

	String id(int member) {
		return this.ids.get(member);
	}

	/** Lists the addresses of the mutual friends of the first member with all others. */
	List<String> paths() {
		return IntStream.range(1, this.ids.size()).mapToObj(this::path).toList();
	}

	String path(int member) {
		return "/graph/members/" + this.ids.get(member) + "/mutual-friends";
	}

	/** Returns the headers of the first member's requests to graph-service. */
	Map<String, String> headers() throws IOException, InterruptedException {
		return InternalIdentity.headers(this.http, this.system, this.visitors.get(0), "graph-service");
	}

	private void follow(int follower, int followee) throws IOException, InterruptedException {
		URI address = URI.create(this.gateway + "/api/v1/graph/following/" + this.ids.get(followee));
		HttpRequest request = HttpRequest.newBuilder(address)
			.header("Authorization", this.visitors.get(follower).authorization())
			.PUT(HttpRequest.BodyPublishers.noBody())
			.build();
		HttpResponse<String> response = this.http.send(request, HttpResponse.BodyHandlers.ofString());
		if (response.statusCode() != 204) {
			throw new Problem(address + " got " + response.statusCode() + ": " + response.body());
		}
	}

}
