package org.framecast.product;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Order;

/**
 * A test that deploys the EAR itself on the server that the tests share, mostly with settings of
 * its own. It comes after those of {@link UsualDeployment}, which it removes, so that this one is
 * deployed once.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Order(Integer.MAX_VALUE)
@interface OwnDeployment {}
