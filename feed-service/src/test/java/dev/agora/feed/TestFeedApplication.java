package dev.agora.feed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.Map;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.web.reactive.server.WebTestClient;

import dev.agora.feed.activity.Activities;
import dev.agora.feed.activity.ActivityCache;
import dev.agora.feed.activity.ActivityRenderer;
import dev.agora.feed.activity.Authors;
import dev.agora.feed.activity.SourceActivities;
import dev.agora.feed.audience.BlockFilter;
import dev.agora.feed.audience.BlockProjection;
import dev.agora.feed.audience.FeedAuthors;
import dev.agora.feed.audience.FollowProjection;
import dev.agora.feed.audience.HiddenMembersCache;
import dev.agora.feed.audience.PulledAuthors;
import dev.agora.feed.author.AuthorActivities;
import dev.agora.feed.live.LiveConfiguration;
import dev.agora.feed.live.LiveController;
import dev.agora.feed.page.HomeFeedFilter;
import dev.agora.feed.post.MemberPosts;
import dev.agora.feed.post.PostController;
import dev.agora.feed.product.ProductConfiguration;
import dev.agora.feed.timeline.TimelineCache;
import dev.agora.feed.timeline.TimelineController;
import dev.agora.feed.timeline.TimelineSettings;
import dev.agora.feed.timeline.Timelines;
import dev.agora.feed.timeline.VisibleActivities;
import dev.agora.platform.cache.CacheConfiguration;
import dev.agora.platform.document.MongoConfiguration;
import dev.agora.platform.identity.Identity;
import dev.agora.platform.member.MemberConfiguration;
import dev.agora.platform.testing.TestMongoServer;
import dev.agora.platform.testing.TestRedisServer;
import dev.agora.platform.web.ServiceWebConfiguration;
import dev.agora.platform.web.WebConfiguration;

/** The endpoints of feed-service and their stores, without Kafka. */
@SpringBootConfiguration
@EnableAutoConfiguration
@EnableConfigurationProperties(TimelineSettings.class)
@Import({ WebConfiguration.class, ServiceWebConfiguration.class, MongoConfiguration.class, CacheConfiguration.class,
		MemberConfiguration.class, AuthorActivities.class, SourceActivities.class, Authors.class,
		ProductConfiguration.class, PostController.class, MemberPosts.class, Activities.class, ActivityCache.class,
		ActivityRenderer.class, HomeFeedFilter.class, FollowProjection.class, BlockProjection.class,
		HiddenMembersCache.class, BlockFilter.class, PulledAuthors.class, FeedAuthors.class, TimelineController.class,
		VisibleActivities.class, Timelines.class, TimelineCache.class, LiveConfiguration.class, LiveController.class })
public class TestFeedApplication {

	private static final TestMongoServer mongo = new TestMongoServer();

	private static final TestRedisServer redis = TestRedisServer.started();

	/** The commands that may query all shards, each with its reason. */
	private static final Map<String, String> BROADCASTS = Map.of("find activities by removedAt, value.author.id",
			"the activities of authors are queried on all shards, each by an index",
			"find activities by _id, removedAt, value.author.id", "the next page of these activities",
			"find activities by value.author.id", "their ids, for a timeline that is built",
			"find follows by value.follower", "a timeline is built, which is rare");

	private static final ECKey key = key();

	/** Sets the addresses of the stores and the public key. */
	public static void properties(DynamicPropertyRegistry registry) {
		registry.add("agora.mongodb.uri", mongo::uri);
		registry.add("agora.redis.address", redis::address);
		registry.add("agora.redis.command-timeout", () -> "1m");
		registry.add("agora.identity.jwks", TestFeedApplication::jwks);
		registry.add("management.server.port", () -> 0);
	}

	/**
	 * Asserts that each query went only to the shards with its documents, by an index.
	 */
	public static void requireTargeted() {
		mongo.commands().requireTargeted(BROADCASTS);
		mongo.commands().requireIndexed(Map.of());
	}

	/** Returns a client that calls as a member. */
	public static WebTestClient as(WebTestClient client, String member) {
		return client.mutate().defaultHeader(Identity.HEADER, identity(member)).build();
	}

	/** Returns the signed identity of a member. */
	public static String identity(String member) {
		try {
			JWTClaimsSet claims = new JWTClaimsSet.Builder().issuer(Identity.ISSUER)
				.audience("feed-service")
				.subject(member)
				.issueTime(Date.from(Instant.now()))
				.expirationTime(Date.from(Instant.now().plusSeconds(60)))
				.claim(Identity.HANDLE, "h_" + member.toLowerCase(java.util.Locale.ROOT))
				.claim(Identity.NAME, "Name of " + member)
				.claim(Identity.VERSION, 1)
				.claim(Identity.SESSION, "0000000000001")
				.build();
			SignedJWT jwt = new SignedJWT(
					new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).type(JOSEObjectType.JWT).build(),
					claims);
			jwt.sign(new ECDSASigner(key));
			return jwt.serialize();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static ECKey key() {
		try {
			return new ECKeyGenerator(Curve.P_256).keyID("test").generate();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Path jwks() {
		try {
			Path file = Files.createTempFile("jwks", ".json");
			file.toFile().deleteOnExit();
			return Files.writeString(file, new JWKSet(key).toString(true));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
