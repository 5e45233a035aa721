package dev.agora.feed.post;

import java.math.BigDecimal;
import java.util.Objects;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;

import dev.agora.feed.TestFeedApplication;
import dev.agora.feed.activity.Activities;
import dev.agora.feed.activity.ActivityView;
import dev.agora.feed.activity.Price;
import dev.agora.feed.activity.ProductCard;
import dev.agora.feed.product.ProductProjection;
import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.id.IdGenerator;

/** The endpoints of posts, and two members who call them. */
@SpringBootTest(classes = TestFeedApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@AutoConfigureWebTestClient
abstract class PostEndpoints {

	static final String UNKNOWN = "0000000000001";

	@Autowired
	WebTestClient client;

	@Autowired
	IdGenerator ids;

	@Autowired
	ProductProjection products;

	@Autowired
	Activities activities;

	@Autowired
	DocumentStore store;

	String annId;

	WebTestClient ann;

	WebTestClient bob;

	@DynamicPropertySource
	static void stores(DynamicPropertyRegistry registry) {
		TestFeedApplication.properties(registry);
	}

	@AfterAll
	static void requireTargeted() {
		TestFeedApplication.requireTargeted();
	}

	@BeforeEach
	void join() {
		this.annId = this.ids.next();
		this.ann = TestFeedApplication.as(this.client, this.annId);
		this.bob = TestFeedApplication.as(this.client, this.ids.next());
	}

	static String idOf(WebTestClient.ResponseSpec created) {
		ActivityView post = created.expectStatus()
			.isCreated()
			.expectBody(ActivityView.class)
			.returnResult()
			.getResponseBody();
		return Objects.requireNonNull(post).id();
	}

	String list() {
		String id = this.ids.next();
		this.products.upsert(new ProductCard(id, "A lamp", price()), 1).block();
		return id;
	}

	static Price price() {
		return new Price(new BigDecimal("12.50"), "EUR");
	}

	static WebTestClient.ResponseSpec post(WebTestClient client, String body) {
		return client.post().uri("/posts").contentType(MediaType.APPLICATION_JSON).bodyValue(body).exchange();
	}

}
