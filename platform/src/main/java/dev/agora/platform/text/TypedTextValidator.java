package dev.agora.platform.text;

import java.util.Optional;

import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import org.jspecify.annotations.Nullable;

/** Checks {@link TypedText}. */
public final class TypedTextValidator implements ConstraintValidator<TypedText, String> {

	private TextRule rule = new TextRule(TextForm.LINE, 0, 0, false);

	@Override
	public void initialize(TypedText text) {
		this.rule = new TextRule(text.form(), text.min(), text.max(), text.blank());
	}

	@Override
	public boolean isValid(@Nullable String text, ConstraintValidatorContext context) {
		Optional<String> fault = (text != null) ? this.rule.fault(text) : Optional.empty();
		fault.ifPresent((message) -> {
			context.disableDefaultConstraintViolation();
			context.buildConstraintViolationWithTemplate(message).addConstraintViolation();
		});
		return fault.isEmpty();
	}

}
