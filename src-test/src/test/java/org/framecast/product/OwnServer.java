package org.framecast.product;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * A test that starts a server of its own and leaves the shared one alone. These run one after the
 * other too, since their ports are the same, but beside the tests of the shared server: both wait
 * more than they compute.
 *
 * @see ServerProcess
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("the ports of own servers")
@interface OwnServer {}
