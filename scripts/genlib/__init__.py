# SPDX-License-Identifier: GPL-2.0-or-later
"""What scripts/gen is made of: one module a job."""
