package dev.agora.feed.timeline;

import java.util.Optional;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;

import dev.agora.feed.TestFeedApplication;
import dev.agora.feed.activity.Activities;
import dev.agora.feed.activity.Activity;
import dev.agora.feed.audience.Follow;
import dev.agora.feed.audience.FollowProjection;
import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.member.MemberCard;
import dev.agora.platform.testing.TestProjections;

/** The endpoints of feeds, and two members, one of whom follows the other. */
@SpringBootTest(classes = TestFeedApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@AutoConfigureWebTestClient
public abstract class FeedEndpoints {

	@Autowired
	protected WebTestClient client;

	@Autowired
	protected IdGenerator ids;

	@Autowired
	protected Activities activities;

	@Autowired
	protected DocumentStore store;

	protected String ann;

	protected String bob;

	@Autowired
	private FollowProjection follows;

	@DynamicPropertySource
	static void stores(DynamicPropertyRegistry registry) {
		TestFeedApplication.properties(registry);
	}

	@AfterAll
	static void requireTargeted() {
		TestFeedApplication.requireTargeted();
	}

	@BeforeEach
	void bobFollowsAnn() {
		this.ann = this.ids.next();
		this.bob = this.ids.next();
		TestProjections.upsertMember(this.store, new MemberCard(this.ann, "ann", "Ann"), 1).block();
		this.follows.upsert(this.bob + ":" + this.ann, 1, new Follow(this.bob, this.ann)).block();
	}

	protected String post(String author) {
		return FeedStores
			.get(this.activities.add((at) -> Activity.post(FeedStores.author(author), "Hello", null, at),
					Optional.empty()))
			.id();
	}

}
