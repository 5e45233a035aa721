package dev.agora.platform.event;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class EventTypesTests {

	@Test
	void namesAnEventByItsAggregateAndItsRecord() {
		assertThat(EventTypes.nameOf(ShopItemEvent.PriceChanged.class)).isEqualTo("shop-item.price-changed");
	}

	@Test
	void findsTheRecordOfAType() {
		EventTypes<ShopItemEvent> types = EventTypes.of(ShopItemEvent.class);
		assertThat(types.classOf("shop-item.sold")).contains(ShopItemEvent.Sold.class);
		assertThat(types.classOf("shop-item.burnt")).isEmpty();
	}

	@Test
	void refusesAnEventThatIsNotNested() {
		assertThatIllegalArgumentException().isThrownBy(() -> EventTypes.nameOf(String.class));
	}

	sealed interface ShopItemEvent extends Event {

		record PriceChanged(int price) implements ShopItemEvent {
		}

		record Sold() implements ShopItemEvent {
		}

	}

}
