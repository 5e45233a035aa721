package dev.agora.gateway;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotationAwareOrderComparator;
import org.springframework.core.annotation.OrderUtils;
import org.springframework.web.server.WebFilter;

import dev.agora.gateway.edge.ClientAddressFilter;
import dev.agora.platform.web.RequestFilter;

import static org.assertj.core.api.Assertions.assertThat;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FilterOrderTests {

	private final TestGateway gateway = TestGateway.with();

	@AfterAll
	void close() {
		this.gateway.close();
	}

	@Test
	void hasNoTwoEqualOrders() {
		assertThat(constants()).hasSize(21).doesNotHaveDuplicates();
	}

	@ParameterizedTest
	@ValueSource(
			classes = { NettyServerCustomizer.class, WebFilter.class, GlobalFilter.class, HttpHeadersFilter.class })
	void ordersEachFilterOfTheRunningGateway(Class<?> chain) {
		List<?> own = this.gateway.parts(chain).values().stream().filter(FilterOrderTests::isOwn).toList();
		assertThat(own).isNotEmpty()
			.allSatisfy((filter) -> assertThat(constants()).as(filter.getClass().getName()).contains(orderOf(filter)));
	}

	@ParameterizedTest
	@ValueSource(
			classes = { NettyServerCustomizer.class, WebFilter.class, GlobalFilter.class, HttpHeadersFilter.class })
	void sharesNoOrderWithAnotherFilterOfTheSameChain(Class<?> chain) {
		List<Integer> all = this.gateway.parts(chain).values().stream().map(FilterOrderTests::orderOf).toList();
		List<Integer> own = this.gateway.parts(chain)
			.values()
			.stream()
			.filter(FilterOrderTests::isOwn)
			.map(FilterOrderTests::orderOf)
			.toList();
		assertThat(own).allSatisfy((order) -> assertThat(all).containsOnlyOnce(order));
	}

	@Test
	void startsWithTheRequestFilterAndTheClientAddress() {
		List<WebFilter> filters = this.gateway.parts(WebFilter.class)
			.values()
			.stream()
			.sorted(AnnotationAwareOrderComparator.INSTANCE)
			.toList();
		assertThat(filters.get(0)).isInstanceOf(RequestFilter.class);
		assertThat(filters.get(1)).isInstanceOf(ClientAddressFilter.class);
	}

	private static List<Integer> constants() {
		return Arrays.stream(FilterOrder.class.getDeclaredFields())
			.filter((field) -> Modifier.isPublic(field.getModifiers()))
			.map(FilterOrderTests::value)
			.toList();
	}

	private static Integer value(Field constant) {
		try {
			return constant.getInt(null);
		}
		catch (IllegalAccessException ex) {
			throw new AssertionError(ex);
		}
	}

	private static boolean isOwn(Object filter) {
		return filter.getClass().getPackageName().startsWith(FilterOrder.class.getPackageName());
	}

	private static Integer orderOf(Object filter) {
		@Nullable Integer annotated = OrderUtils.getOrder(filter.getClass());
		return (filter instanceof Ordered ordered) ? ordered.getOrder()
				: Objects.requireNonNullElse(annotated, Ordered.LOWEST_PRECEDENCE);
	}

}
