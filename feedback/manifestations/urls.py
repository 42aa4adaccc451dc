"""Addresses of manifestations, below ``manifestacoes/``."""

from django.urls import path

from feedback.manifestations import following_views, public_views

urlpatterns = [
    path("", public_views.explained, name="manifestations"),
    path("nova/", public_views.new, name="manifest"),
    path("recibo/", public_views.receipt, name="manifestation_receipt"),
    path("recibo/esquecer/", public_views.forget, name="manifestation_forget"),
    path("acompanhar/", following_views.follow, name="follow"),
    path("acompanhar/situacao/", following_views.followed, name="followed"),
    path("acompanhar/resolvido/", following_views.resolved, name="followed_resolved"),
    path("acompanhar/reabrir/", following_views.reopen, name="followed_reopen"),
    path("acompanhar/copia/", following_views.copy, name="followed_copy"),
    path("acompanhar/arquivo/<int:number>/", following_views.file, name="followed_file"),
    path("acompanhar/apagar/", following_views.erase, name="followed_erase"),
]
